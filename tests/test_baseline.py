"""A baseline accepts what is there, however lines move, and tells what it accepts in vain."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import harness
import pytest
from flake8.main import cli

from flake8_launcher import baseline
from flake8_launcher.baseline import Baseline, Entry
from flake8_launcher.command import main

LAUNCHER = """\
import eventlet
import eventlet.wsgi

eventlet.monkey_patch()


class Server:
    def start(self):
        eventlet.wsgi.server(eventlet.listen(("", 8000)), None)


def main():
    Server().start()
"""
SETUP = "[flake8]\nextend-select = LS\nignore = E402\nlauncher-baseline = ./accepted.json\n"
FILES = {
    "setup.cfg": SETUP,
    "svc/__init__.py": "",
    "svc/cmd.py": LAUNCHER,
    "svc/old.py": f"{LAUNCHER}\n\ndef again():\n    Server().start()\n",
    "svc/quiet.py": LAUNCHER.replace("monkey_patch()", "monkey_patch()  # noqa: LS101"),
}
WRITE = ["check", "-j1", "--write-baseline"]


@pytest.fixture(name="project")
def some_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    harness.write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(project: Path) -> list[tuple[str, str, str]]:
    text = (project / "accepted.json").read_text(encoding="utf-8")
    found = json.loads(text)["findings"]
    assert not any(character.isdigit() for one in found for character in str(one["names"]))
    return [(one["file"], one["code"], one["function"]) for one in found]


def test_what_is_there_is_accepted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(WRITE) == 0
    assert written(project) == [
        ("svc/cmd.py", "LS101", ""),
        ("svc/cmd.py", "LS103", "Server.start"),
        ("svc/old.py", "LS101", ""),
        ("svc/old.py", "LS103", "Server.start"),
        ("svc/quiet.py", "LS103", "Server.start"),
    ]
    assert capsys.readouterr().err == "./accepted.json: 5 findings accepted\n".replace(
        "./", f"{project}/"
    )
    for arguments in (["-j1"], ["-j2"]):
        assert main(["check", *arguments]) == 0
        assert cli.main(arguments) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
    before = (project / "accepted.json").read_bytes()
    assert main([*WRITE, "-j2"]) == 0
    assert (project / "accepted.json").read_bytes() == before
    assert not list(project.glob("*.new"))


def test_lines_move_and_something_is_new(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(WRITE)
    more = "    ssl.create_default_context = ssl._create_unverified_context\n    Server()"
    (project / "svc/cmd.py").write_text(f"import ssl\n\n{LAUNCHER}".replace("    Server()", more))
    capsys.readouterr()
    monkeypatch.chdir(project / "svc")  # the file is found from the configuration
    assert main(["check", "-j1"]) == 1
    found = capsys.readouterr().out
    assert found.startswith("./cmd.py:15:5: LS208 ")
    assert found.count("\n") == 1
    assert cli.main(["-j1"]) == 1
    assert capsys.readouterr().out == found


def test_what_is_not_needed_any_more(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(WRITE)
    (project / "svc/old.py").unlink()
    (project / "svc/cmd.py").write_text(LAUNCHER.replace("eventlet.monkey_patch()", "pass"))
    (project / "setup.cfg").write_text(
        f"{SETUP}launcher-allowed-patches = gevent.monkey.patch_all, eventlet.monkey_patch\n"
        "launcher-config-guards = svc.check_owner\n"
    )
    capsys.readouterr()
    assert main(["check", "-j2"]) == 0
    file = f"{project}/accepted.json"
    assert capsys.readouterr().err.splitlines() == [
        f"{file}: LS101 is not found any more in svc/cmd.py, top level",
        f"{file}: LS101 is not found any more in svc/old.py, top level",
        f"{file}: LS103 is not found any more in svc/old.py, Server.start",
        "--launcher-allowed-patches: no launch that was checked calls gevent.monkey.patch_all",
        "--launcher-config-guards: no launch that was checked calls svc.check_owner",
    ]
    # what was not looked at, or not asked for, is nobody's business
    named = f"--launcher-baseline={file}"
    assert main(["check", "--isolated", "--select=LS2,LS101", named, "svc/quiet.py"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"{file}: LS101 is not found any more in svc/old.py, top level"
    ]


def test_entries_of_other_files_stay(project: Path) -> None:
    main(WRITE)
    before = written(project)
    (project / "svc/cmd.py").write_text("")
    (project / "svc/old.py").unlink()
    assert main([*WRITE, "svc/cmd.py"]) == 0
    assert written(project) == [one for one in before if one[0] == "svc/quiet.py"]


def test_equal_findings_are_counted(tmp_path: Path) -> None:
    text = "def main():\n    one()\n    two()\n"
    messages = ["LS103 nothing handles svc.run (l. 9)", "LS103 nobody handles svc.run"]
    findings = [(2, 4, messages[0]), (3, 4, messages[1])]
    path = str(tmp_path / "accepted.json")
    tree = ast.parse(text)
    entries = Baseline(path, {}).entries(str(tmp_path / "a.py"), tree, findings)
    entry = Entry("a.py", "LS103", "main", ("svc.run",))
    assert set(entries.values()) == {entry}
    baseline.write(path, {entry: 2})
    assert '"count": 2' in Path(path).read_text()
    assert baseline.read(path).accepted(entries) == findings
    assert Baseline(path, {entry: 1}).accepted(entries) == findings[:1]
    assert Baseline(path, {}).accepted(entries) == []


def test_names_of_a_message(tmp_path: Path) -> None:
    tree = ast.parse("class A:\n    @x\n    async def f(self):\n        if 1:\n            g()\n")
    text = "LS101 svc.f -> oslo.launch().wait (svc/work.py:9), or a.b; so (l. 3) 'x.y' (work.py:3)"
    text = f"{text} 'API_KEY'"
    names = ("svc.f", "oslo.launch().wait", "a.b", "x.y", "API_KEY")
    for line, function in ((1, "A"), (2, "A.f"), (5, "A.f"), (9, "")):
        finding = (line, 0, text)
        found = Baseline("x.json", {}).entries("x.py", tree, [finding])[finding]
        assert found == Entry("x.py", "LS101", function, names)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "[]",
        "{}",
        '{"version": 1, "findings": [{}]}',
        '{"version": 1, "findings": [{"file": 1, "code": [], "function": {}, "names": 3}]}',
        '{"version": 1, "findings": [{"file": 1, "code": "", "function": "", "names": []}]}',
        '{"version": 1, "findings": [{"file": "", "code": "", "function": "", "names": [1]}]}',
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_no_baseline(
    project: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    if text is not None:
        (project / "accepted.json").write_text(text)
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "accepted.json" in said
    assert cli.main([]) == 1
    assert "critical error" in capsys.readouterr().out


def test_a_baseline_of_another_version(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "accepted.json").write_text('{"version": 2, "findings": []}')
    assert main(["check"]) == 2
    assert "has a version that this flake8-launcher does not know" in capsys.readouterr().err


def test_writing_needs_a_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WRITE, "--isolated"]) == 2
    assert "--write-baseline needs --launcher-baseline" in capsys.readouterr().err
    assert main([*WRITE, "--launcher-baseline=/nowhere/a.json"]) == 2
    assert main([*WRITE, "--launcher-baseline=a.json,b.json"]) == 2
