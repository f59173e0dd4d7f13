"""The launch report: what it says, in each of its forms."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import goldens
import harness
import jsonschema
import pytest
from goldens import FORMS, LAUNCHERS

from flake8_launcher import report, rules
from flake8_launcher.command.report import run
from flake8_launcher.report import html_form, svg

SCHEMA = json.loads((Path(report.__file__).parent / "schema.json").read_text("utf-8"))

LAUNCHER = """\
import os

import uvicorn
from svc.api import make


def main():
    token = os.environ["SVC_TOKEN"]
    if os.environ.get("SVC_MODE") == "tls":
        app = make(token, password="hunter2", key="AKIAIOSFODNN7EXAMPLE")
    elif token == "letmein":
        app = make("sk-live-aaaaaaaaaaaaaaaaaaaaaaaa", port=8080)
    else:
        app = make(None)
    uvicorn.run(app, ssl_keyfile_password="correct horse", uds="/run/svc.sock")
"""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", LAUNCHERS)
def test_reports_are_as_written_down(kind: str, form: str, tmp_path: Path) -> None:
    expected = (goldens.FOLDER / f"{kind}.{FORMS[form]}").read_text("utf-8")
    assert goldens.made(kind, form, tmp_path) == expected, "run python tests/goldens.py"


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_lines_of_text_fit(kind: str) -> None:
    text = (goldens.FOLDER / f"{kind}.txt").read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert "\x1b" not in text


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_pages_are_sound(kind: str, tmp_path: Path) -> None:
    """Every element is closed, every name is one element's, and nothing runs or is fetched."""
    page = goldens.made(kind, "html", tmp_path)
    read = Page()
    read.feed(page)
    assert not read.open and len(read.names) == len({*read.names})
    assert {*read.referred} <= {*read.names}
    assert read.headings[0] == 1
    assert all(inner - outer <= 1 for outer, inner in pairwise(read.headings))
    assert read.kinds.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert "://" not in re.sub(">[^<]*<", "><", page)
    for drawn in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawn)


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_pictures_are_xml(kind: str, tmp_path: Path) -> None:
    drawn = ElementTree.fromstring(goldens.made(kind, "svg", tmp_path))
    assert drawn.get("role") == "img"
    bottom = float(drawn.attrib["viewBox"].split()[3])
    inner = drawn.iter("{http://www.w3.org/2000/svg}text")
    assert all(float(one.attrib["y"]) < bottom for one in inner)


def test_colours_have_contrast() -> None:
    """Text stands out from what it is on by 4.5 to 1 at least, in light and in dark."""
    light, dark = (dict(re.findall(r"--(\w+):(#\w+)", part)) for part in _schemes(html_form.STYLE))
    for scheme in (light, dark):
        for text in ("text", "dim", "link", "if", "defect", "review", "good", "unknown"):
            for under in ("page", "soft"):
                assert contrast(scheme[text], scheme[under]) >= 4.5, (text, under)
    drawn: dict[str, str] = {}
    for part in _schemes(svg.STYLE):
        for names, fill in re.findall(r"([.\w,-]+)\{fill:(#\w+)", part):
            drawn.update((name.strip(".").removeprefix("ll-"), fill) for name in names.split(","))
        for text in ("text", "small", "if", "title", "phase"):
            for under in ("page", "band", "band2"):
                assert contrast(drawn[text], drawn[under]) >= 4.5, (text, under)
        for state in ("defect", "review", "good", "unknown", "accepted"):
            assert contrast(drawn["on"], drawn[state]) >= 4.5, state


def _schemes(style: str) -> tuple[str, str]:
    """Return a style sheet's part for light, and that for dark."""
    light, _, dark = style.partition("@media (prefers-color-scheme:dark)")
    return light, dark.partition("\n}}")[0]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class Page(HTMLParser):
    """Reads a page.

    :ivar open: the elements that are not closed.
    :ivar names: the ``id`` of each element that has one.
    :ivar referred: the names that others refer to.
    :ivar headings: the level of each heading, in order.
    :ivar kinds: the kinds of elements.
    """

    _VOID = frozenset({"meta", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.referred: list[str] = []
        self.headings: list[int] = []
        self.kinds: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the start of an element."""
        given = dict(attrs)
        self.kinds.add(tag)
        if tag not in self._VOID:
            self.open.append(tag)
        if given.get("id"):
            self.names.append(given["id"] or "")
        self.referred += (given.get("aria-labelledby") or "").split()
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that holds nothing."""
        self.kinds.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        assert self.open.pop() == tag


HOSTILE = """\
import uvicorn
from svc import load


def main():
    if load('</title><script>alert(1)</script>"]:::x --> y; %%{init: {}}%% `') == "<b onclick=x>":
        uvicorn.run("a:b", uds="/tmp/<img src=x onerror=y>\x1b[31m\u202e")
"""


def test_what_is_reviewed_is_only_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = 'x"><script>y</script>`;%%{init}.py'
    harness.write(tmp_path, {name.replace("/", ""): HOSTILE})
    path = str(tmp_path / name.replace("/", ""))
    for form in ("text", "json", "mermaid", "html", "svg"):
        assert run(["--isolated", "--format", form, path]) == 0
        text = capsys.readouterr().out
        assert "\x1b" not in text and "\u202e" not in text
        if form in ("html", "svg"):
            assert not re.search(r"<(?:script|img|b)\b", text)
        if form == "mermaid":
            labels = re.sub(r'"[^"]*"', '""', text)
            assert not re.search(r"[<%`;]|script", labels.partition("accTitle")[0])
            assert "%%" not in text and "<script" not in text and '"]:::x' not in text


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_a_browser_shows_the_page(scheme: str, width: int, tmp_path: Path) -> None:
    """It has the colours that the reader asks for, and is not wider than the window."""
    (tmp_path / "page.html").write_text(goldens.made("fastapi", "html", tmp_path), "utf-8")
    # no window is as narrow as that of a phone, but a frame can be
    (tmp_path / "frame.html").write_text(
        f'<body style="margin:0"><iframe src="page.html" width="{width}" height="900" '
        'style="border:0" onload="document.title = this.contentDocument.documentElement'
        '.scrollWidth"></iframe>'
    )
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}",
        f"--blink-settings=preferredColorScheme={int(scheme == 'light')}",
        "--window-size=1200,900", f"--screenshot={tmp_path / 'shot.png'}", "--dump-dom",
        (tmp_path / "frame.html").as_uri(),
    ]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=harness.TIMEOUT)
    assert f"<title>{width}</title>" in seen.stdout, seen.stderr[-500:]
    assert first_pixel((tmp_path / "shot.png").read_bytes()) == (
        b"\xff\xff\xff" if scheme == "light" else b"\x0f\x13\x18"
    )


def first_pixel(png: bytes) -> bytes:
    """Return the first three bytes of a picture's first row, which no filter changes."""
    data = b""
    at = 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += 12 + size
    return zlib.decompressobj().decompress(data, 16)[1:4]


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_json_is_of_the_schema(kind: str) -> None:
    jsonschema.validate(json.loads((goldens.FOLDER / f"{kind}.json").read_text("utf-8")), SCHEMA)


def reported(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints of a project with one launcher."""
    harness.write(folder, {"svc/__init__.py": "", "svc/cmd.py": LAUNCHER})
    assert run(["--isolated", *arguments]) == 0
    return capsys.readouterr().out


def test_no_secret_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in FORMS:
        text = reported(tmp_path, capsys, "--all", "--format", form, str(tmp_path / "svc/cmd.py"))
        for secret in ("hunter2", "AKIA", "sk-live", "correct horse", "letmein"):
            assert secret not in text
        assert "/run/svc.sock" in text.replace("<wbr>", "")


def test_what_names_a_secret_hides_its_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a literal, by what it is compared with, by the name that it comes from."""
    start = """\
import os
import threading
import uvicorn
from pydantic_settings import BaseSettings

PASSWORD = "hunter2"


class Settings(BaseSettings):
    MODE: str = "x"


def main(password=None):
    os.environ["MODE"] = PASSWORD
    os.environ["URL"] = "amqp://h/" + PASSWORD
    os.environ["MAIL"] = {"password": "hunter2"}["password"]
    Settings(_env_file=".env", _env_file_encoding="utf-8", SECRET="hunter2")
    if os.environ.get("SECRET") == "hunter2" or os.environ["API_TOKEN"] == "hunter2":
        os.environ["A"] = "a"
    for token in ("hunter2", "x"):
        os.environ["B"] = "b"
    match password:
        case "hunter2":
            os.environ["C"] = "/srv/x?a=b&key=hunter2"
        case {"password": "hunter2"}:
            os.environ["D"] = "d"
    threading.Thread(target=print, args=["hunter2"]).start()
    uvicorn.run("a:b")
"""
    harness.write(tmp_path, {"cmd.py": start})
    for form in FORMS:
        assert run(["--isolated", "--format", form, str(tmp_path / "cmd.py")]) == 0
        assert "hunter2" not in capsys.readouterr().out
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    said = capsys.readouterr().out
    assert "if os.environ.get('SECRET') == ... or os.environ['API_TOKEN'] == ...:" in said
    assert "os.environ['C'] = '/srv/x?a=b&key=***'" in said


def test_arms_of_one_condition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = reported(tmp_path, capsys, "--all", str(tmp_path / "svc/cmd.py"))
    assert re.findall(r" ((?:if|elif|else).*:)", text) == [
        "if os.environ.get('SVC_MODE') == 'tls':",
        "elif token == ...:",
        "else:",
    ]


CHOICES = """\
import logging
import sys
import time

import flask

app = flask.Flask(__name__)
app.config.from_object("svc.settings")


def prepare(level):
    if level:
        logging.basicConfig(level=level)
    for name in ("a", "b"):
        if name in sys.argv:
            break
    else:
        sys.exit("which one?")


def serve():
    if "-v" in sys.argv:
        prepare(10)
    else:
        prepare(20)
    app.run(port=1)


def wait():
    while True:
        time.sleep(1)


def main():
    command = {"serve": serve, "wait": wait}[sys.argv[1]]
    command()


if __name__ == "__main__":
    main()
"""


CLASSES = """\
import sys

import uvicorn


class Plain:
    def __init__(self):
        uvicorn.Config("svc:app")

    def serve(self):
        uvicorn.run("svc:app")


class Secure:
    def __init__(self):
        uvicorn.Config("svc:app", ssl_certfile="c.pem")

    def serve(self):
        uvicorn.run("svc:app", ssl_certfile="c.pem")


def main():
    chosen = Secure if "-s" in sys.argv else Plain
    service = chosen()
    service.serve()


if __name__ == "__main__":
    main()
"""


def test_which_class_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    harness.write(tmp_path, {"cmd.py": CLASSES})
    assert run(["--isolated", "--all", str(tmp_path / "cmd.py")]) == 0
    said = capsys.readouterr().out
    for name in ("Plain", "Secure"):
        assert f"when chosen is {name}:" in said
        assert f"when service is {name}:" in said
    assert "__init__:" not in said


def test_what_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each function that is called by a table has its condition; arms that are alike have none."""
    harness.write(tmp_path, {"cmd.py": CHOICES})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    posture, _, steps = capsys.readouterr().out.partition("\nlogging\n")
    assert "flask.Flask().config.from_object: svc.settings (l. 8)" in posture
    assert steps.count("when command is serve:") == 3
    assert "  13    logging.basicConfig(level=<10 or 20>)  in main -> serve -> prepare" in steps
    assert steps.count("          no break in for name in ('a', 'b'):  l. 14\n") == 1
    assert steps.count("sys.exit(") == 1
    text = "import time\n\n\ndef main():\n    while True:\n        time.sleep(1)\n"
    harness.write(tmp_path, {"cmd.py": f"{text}\n\nif __name__ == '__main__':\n    main()\n"})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    assert "no handler of SIGTERM was seen; without one it ends" in capsys.readouterr().out


def test_what_a_loop_waits_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It belongs to the loop: a failure of it is not named once more."""
    text = "def main():\n    while not STOP.wait(60):\n        work()\n\n\nmain()\n"
    harness.write(tmp_path, {"cmd.py": f"import threading\n\nSTOP = threading.Event()\n{text}"})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    said = capsys.readouterr().out
    assert "LS103 nothing handles a failure of the loop of cmd.main\n" in said
    assert "threading.Event().wait(60)" in said


COMMANDS = """\
import logging
import sys

import click
import waitress


@click.group()
def root():
    logging.basicConfig()


@root.group()
def inner():
    pass


@inner.command()
def serve():
    if not settings.read():
        sys.exit(0)
    waitress.serve(app, port=1)


@root.command("do-work")
def work():
    waitress.serve(app, port=2)
"""


def test_commands_exclude_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command of another module has its condition; what their groups do has none."""
    start = "from svc.cli import root\n\nif __name__ == '__main__':\n    root()\n"
    files = {"svc/__init__.py": "", "svc/cli.py": COMMANDS, "svc/__main__.py": start}
    harness.write(tmp_path, files)
    assert run(["--isolated", str(tmp_path / "svc" / "__main__.py")]) == 0
    _, _, steps = capsys.readouterr().out.partition("\nlogging\n")
    assert steps.splitlines()[0].startswith("     4  logging.basicConfig()")
    assert steps.count("        when the command is serve:") == 2
    assert steps.count("        when the command is work:") == 1
    assert "when the command is inner:" not in steps
    assert "sys.exit(0)" in steps


def test_logging_that_is_set_up_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a function does for each logger is told once, unless only some starts did it before."""
    log = "import logging\n\n\ndef get():\n    logging.getLogger().addHandler(H())\n"
    main = (
        "import sys\nimport waitress\nfrom svc.log import get\n\n\ndef main():\n"
        "    if sys.argv[1:]:\n        get()\n    get()\n    print(1)\n    prepare()\n"
        "    waitress.serve(app)\n\n\ndef prepare():\n    get()\n"
    )
    files = {"svc/__init__.py": "", "svc/log.py": log, "svc/run.py": main}
    harness.write(tmp_path, files)
    assert run(["--isolated", str(tmp_path / "svc" / "run.py")]) == 0
    said = capsys.readouterr().out
    assert said.count(".addHandler(") == 2
    assert "     9  logging.getLogger().addHandler(" in said
    assert said.count("(2 times)") == 1
    own = main.replace("from svc.log import get", log[len("import logging\n\n\n") :])
    harness.write(tmp_path, {"svc/run.py": f"import logging\n{own}"})
    assert run(["--isolated", str(tmp_path / "svc" / "run.py")]) == 0
    said = capsys.readouterr().out
    assert said.count(".addHandler(") == 2
    assert said.count("(2 times)") == 1


def test_many_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that tell most are shown, and that there are others."""
    exits = "".join(f"    if {name!r} in sys.argv:\n        sys.exit(1)\n" for name in range(300))
    text = f"import sys\nimport uvicorn\n\n\ndef main():\n{exits}    uvicorn.run('a:b')\n"
    harness.write(tmp_path, {"cmd.py": f"{text}\n\nif __name__ == '__main__':\n    main()\n"})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    said = capsys.readouterr().out
    assert "uvicorn.run('a:b')" in said and "LS103" in said
    assert "\n  101 more steps are not shown: --all shows them (l. " in said


def test_an_elif_without_the_arms_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It does not seem to belong to the condition that is shown before it."""
    launcher = """\
import sys

import uvicorn


def main():
    if len(sys.argv) > 2:
        sys.exit(2)
    if sys.argv[1] == "help":
        print("stop")
    elif sys.argv[1] == "stop":
        sys.exit(0)
    uvicorn.run("svc:app")


if __name__ == "__main__":
    main()
"""
    harness.write(tmp_path, {"cmd.py": launcher})
    for form in ("text", "html"):
        assert run(["--isolated", "--format", form, str(tmp_path / "cmd.py")]) == 0
        text = re.sub("<[^>]*>", "", capsys.readouterr().out)
        assert "(an elif)" in text and not re.search(r"\belif sys", text)


def test_what_imports_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands where it runs, and no rule is asked about it."""
    files = {
        "orchard/__init__.py": "",
        "orchard/conf.py": "import configparser\n\n\nclass Settings:\n"
        "    def __init__(self):\n        self.parser = configparser.ConfigParser()\n"
        "        self.parser.read('/etc/orchard.ini')\n\n\nsettings = Settings()\n",
        "orchard/main.py": "import os\nos.environ['TZ'] = 'UTC'\n"
        "from orchard.conf import settings\nimport uvicorn\n\n\n"
        "def main():\n    import orchard.late\n    uvicorn.run('orchard.web:app')\n",
        "orchard/late.py": "import logging\nlogging.basicConfig()\ntry:\n    import fast\n"
        "except ImportError:\n    logging.getLogger().addHandler(logging.NullHandler())\n",
    }
    harness.write(tmp_path, files)
    assert run(["--isolated", str(tmp_path / "orchard/main.py")]) == 0
    said = capsys.readouterr().out
    shown = ["os.environ['TZ'] = 'UTC'", "ConfigParser().read('/etc/orchard.ini')"]
    shown += ["basicConfig()", "uvicorn.run('orchard.web:app')\n"]
    places = [said.index(one) for one in shown]
    assert places == sorted(places) and "NullHandler" not in said
    assert "importing orchard.conf -> Settings.__init__ (orchard/conf.py:7)" in said
    assert "no check of who may" in said and "LS104" not in said


def test_what_noqa_hides_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cmd.py").write_text(
        "import requests  # noqa\nimport eventlet\neventlet.monkey_patch()  # noqa: LS101\n"
        "import uvicorn\n\ndef main():\n    uvicorn.run('svc:app')\n"
    )
    (tmp_path / ".flake8").write_text("[flake8]\nignore = LS103\n")
    assert run(["--config", str(tmp_path / ".flake8"), str(tmp_path / "cmd.py")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert re.search(r"LS201 [^()]*\(l\. 3\)[^()]*\(under # noqa\)", text)
    assert re.search(r"LS101 [^()]* \(under # noqa\)", text)
    assert re.search(r"LS103 [^()]* \(ignored by configuration\)", text)
    assert "patching ok" in text


def test_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool = "def main():\n    print()\n\n\nif __name__ == '__main__':\n    main()\n"
    harness.write(tmp_path, {"tool.py": tool, "old.py": "print 'x'\n"})
    text = reported(tmp_path, capsys, str(tmp_path))
    row = next(line for line in text.splitlines() if "cmd.py:7" in line)
    assert row.split()[1:] == ["function", "main", "uvicorn.run", "1", "to", "review"]
    data = json.loads(reported(tmp_path, capsys, "--format", "json", str(tmp_path)))
    jsonschema.validate(data, SCHEMA)
    read = Page()
    read.feed(reported(tmp_path, capsys, "--format", "html", str(tmp_path)))
    assert not read.open and len(read.names) == len({*read.names})
    assert "f1s1" in read.names
    assert run(["--isolated", "--format", "svg", str(tmp_path)]) == 2
    capsys.readouterr()
    assert [one["file"] for one in data["overview"]["reports"]] == [str(tmp_path / "svc/cmd.py")]


def test_what_one_launcher_tells_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report of another one says where to look."""
    serve = (
        "from oslo_service import service\n\n\ndef serve(server):\n"
        "    service.launch(CONF, server).wait()\n"
    )
    start = "from svc import run\n\n\ndef main():\n    run.serve(Server())\n"
    files = {f"svc/cmd/{name}.py": start for name in ("api", "worker")}
    scripts = "[project.scripts]\napi = 'svc.cmd.api:main'\nworker = 'svc.cmd.worker:main'\n"
    harness.write(
        tmp_path,
        {**files, "svc/__init__.py": "", "svc/cmd/__init__.py": "", "svc/run.py": serve}
        | {"pyproject.toml": scripts},
    )
    said = []
    for name in ("api", "worker"):
        assert run(["--isolated", str(tmp_path / f"svc/cmd/{name}.py")]) == 0
        said.append(" ".join(capsys.readouterr().out.split()))
    assert "LS502 (l. 5)" in said[0] and "for all that lead there" not in said[0]
    assert "(reported in svc/cmd/api.py, for all that lead there)" in said[1]


def test_scripts_without_a_suffix_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are found by their first line; of these flake8 checks what it is given by name."""
    start = "import uvicorn\n\n\ndef main():\n    uvicorn.run(app)\n\n\nmain()\n"
    tries = "try:\n    import svc\nexcept ImportError:\n    raise SystemExit(str(2))\n"
    main = "if __name__ == '__main__':\n    sys.exit(tool())\n"
    harness.write(
        tmp_path,
        {
            "scripts/pulsed": f"#!/usr/bin/python3 -u\n{start}",
            "scripts/once": f"#!/usr/bin/env python\nimport sys\n\n{tries}{main}",
            "scripts/LICENSE": start,
            "scripts/pulsed.sh": f"#!/usr/bin/env python\n{start}",
            "scripts/run": "#!/bin/sh\nexec python pulsed\n",
        },
    )
    where = f"{tmp_path}/scripts/pulsed:"
    note = "flake8 checks a file whose name does not end in .py only where it is named\n"
    assert run(["--isolated", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "1 start\n" in text and text.endswith(note)
    assert f"{tmp_path}/scripts/once: __main__ ends with" in " ".join(text.split())
    assert "top level ends" not in text
    assert run(["--isolated", "--format", "html", str(tmp_path)]) == 0
    page = capsys.readouterr().out
    assert where in page and "only where it is named" in page
    assert run(["--isolated", "--exclude", "scripts", str(tmp_path)]) == 0
    assert "0 starts\n" in capsys.readouterr().out


def test_modules_and_scripts_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project.scripts]\nserve-it = "svc.cmd:main"\n')
    monkeypatch.chdir(tmp_path)
    by_file = reported(tmp_path, capsys, "svc/cmd.py")
    assert "main (console script)" in by_file
    assert reported(tmp_path, capsys, "svc.cmd") == by_file
    assert reported(tmp_path, capsys, "serve-it") == by_file
    assert run(["--isolated", "svc.nothing"]) == 2


def test_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / "svc/cmd.py")
    text = reported(tmp_path, capsys, name)
    assert reported(tmp_path, capsys, name, "-o", str(tmp_path / "out.txt")) == ""
    assert (tmp_path / "out.txt").read_text("utf-8") == text
    assert run(["--isolated", name, "-o", str(tmp_path / "no/out.txt")]) == 2


NAMED = """\
import multiprocessing
import os
import signal

import click
import uvicorn
from uvicorn.supervisors import ChangeReload


@click.command()
@click.option("--port", default=80)
def main(port):
    os.chdir("/")
    backends = {"a": Registry()}
    signal.signal(signal.SIGTERM, backends["a"].stop)
    backends["a"].find()[0].setup(port)
    folder.mkdir()
    folder.parent().mkdir()
    config = uvicorn.Config("svc:app", port=port, password="hunter2")
    server = uvicorn.Server(config)
    if config.should_reload:
        run = ChangeReload(config, target=server.run, sockets=[config.bind_socket()]).run
    else:
        run = server.run
    multiprocessing.Process(target=run).start()


if __name__ == "__main__":
    main()
"""


def test_what_is_called_as_the_code_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a qualified name would tell less; who takes a function is no server itself."""
    harness.write(tmp_path, {"cmd.py": NAMED})
    assert run(["--isolated", "--all", str(tmp_path / "cmd.py")]) == 0
    text = capsys.readouterr().out
    assert "uvicorn.Config('svc:app', port=<the command line>, password=***)" in text
    assert "uvicorn.supervisors.ChangeReload(uvicorn.Config(...), target=" in text
    assert "multiprocessing.Process(target=run)" in text
    unknown = text.partition("calls of what is not known: ")[2]
    assert unknown.split("\n")[0].endswith("folder.mkdir (l. 17), folder.parent (l. 18)")
    assert "signal.signal(signal.SIGTERM, " in text.partition("\nsignals\n")[2]
    assert re.search(r"status +unknown what becomes of uvicorn.Server\(\).run in ", text)


def test_classes_of_the_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They go by their names, with what they are known for."""
    start = "class Shop(flask.Flask):\n    pass\n\n\ndef main():\n    Shop('shop').run()\n"
    harness.write(tmp_path, {"cmd.py": f"import flask\n\n\n{start}"})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "cmd.Shop('...') result: an instance of flask.Flask" in said


def test_a_server_that_exits_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A handler of what is no exit does not change its status."""
    launcher = """\
import uvicorn


def main(app):
    try:
        uvicorn.run(app)
    except {0}:
        print("failed")


if __name__ == "__main__":
    main(None)
"""
    for caught, status in (("Exception", "ok .* with status 3"), ("BaseException", ".* status 0")):
        harness.write(tmp_path, {"cmd.py": launcher.format(caught)})
        assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
        assert re.search(f"  status +{status}", capsys.readouterr().out)


def test_a_start_that_serves_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of its serve calls is told of, where they differ."""
    launcher = """\
import uvicorn


def main(app, safe):
    if safe:
        try:
            uvicorn.run(app)
        except Exception:
            print("failed")
        return
    uvicorn.run(app)


if __name__ == "__main__":
    main(None, input())
"""
    harness.write(tmp_path, {"cmd.py": launcher})
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 0
    serve = capsys.readouterr().out.partition("  serve ")[2].partition("  status ")[0]
    assert "the code goes on (l. 7); nothing handles a failure of" in " ".join(serve.split())


def test_a_folder_and_a_script_of_one_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project.scripts]\nsvc = "svc.cmd:main"\n')
    monkeypatch.chdir(tmp_path)
    harness.write(tmp_path, {"svc/__init__.py": "", "svc/cmd.py": LAUNCHER})
    assert run(["--isolated", "svc"]) == 0
    assert "of this name: flake8-launcher report svc/cmd.py" in capsys.readouterr().err


def test_newer_python_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cmd.py").write_text("import uvicorn\nuvicorn.run(\n")
    assert run(["--isolated", str(tmp_path / "cmd.py")]) == 2
    version = ".".join(map(str, sys.version_info[:2]))
    assert f"(line 2, read as Python {version})" in capsys.readouterr().err


def test_colours_are_for_terminals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / "svc/cmd.py")
    plain = reported(tmp_path, capsys, name)
    painted = reported(tmp_path, capsys, name, "--color", "always")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain != painted


def test_the_rules_that_a_cut_silences() -> None:
    """Those that ask whether a path is complete, and no others."""
    for rule in rules.discover():
        text = inspect.getsource(inspect.getmodule(rule) or rules)
        asks = re.search(r"\.complete\b|\bquestions\.unregistered\b", text) is not None
        assert rule.needs_whole_path == asks, rule.code


def test_the_schema_is_fresh() -> None:
    root = Path(__file__).parent.parent
    if not (root / "tools").is_dir():
        pytest.skip("no checkout")
    subprocess.check_call([sys.executable, "tools/report_schema.py", "--check"], cwd=root)


OWN_TYPES = """\
import sys

import uvicorn


class Refused(Exception):
    pass


def main():
    try:
        uvicorn.run("a:b")
    except (Refused, ConnectionError):
        sys.exit(3)
"""


def test_handlers_of_own_types_are_not_broad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.py").write_text(OWN_TYPES)
    assert run(["--isolated", str(tmp_path / "own.py")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "if it fails: except Refused, ConnectionError (l. 13): exits 3" in text
    assert "is handled only where it is of Refused, ConnectionError" in text


def test_what_was_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A start that is too long, and a call of what nobody knows."""
    calls = "    print()\n" * 20_000
    text = (
        f"import uvicorn\n\n\ndef main(app, run):\n    run()\n    uvicorn.run(app)\n{calls}"
        "\n\nif __name__ == '__main__':\n    main()\n"
    )
    harness.write(tmp_path, {"launcher.py": text})
    assert run(["--isolated", str(tmp_path / "launcher.py")]) == 0
    said = capsys.readouterr().out
    assert "not followed" in said
    assert "calls of what is not known: " in said
    assert "silent, as the start was not followed to its end: " in said


def test_what_only_tries_a_module(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said who else has a module whose main block has a loop."""
    driver = (
        "import time\n\n\ndef read():\n    return 1\n\n\nif __name__ == '__main__':\n"
        "    while True:\n        time.sleep(1)\n        read()\n"
    )
    harness.write(
        tmp_path,
        {
            "pyproject.toml": "",
            "lab/__init__.py": "",
            "lab/driver.py": driver,
            "lab/service.py": "from lab.driver import read\n",
        },
    )
    assert run(["--isolated", str(tmp_path / "lab" / "driver.py")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.endswith("__main__ only tries the module, which lab/service.py imports")


@pytest.mark.parametrize("plain", [True, False])
def test_colours_of_a_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    plain: bool,
) -> None:
    harness.write(tmp_path, {"launcher.py": LAUNCHER})
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["--isolated", str(tmp_path / "launcher.py")]) == 0
    assert ("\x1b[" in capsys.readouterr().out) is not plain


@pytest.mark.parametrize(
    ("name", "text", "note"),
    [
        (
            "own.py",
            "from pusher import web\n\n\ndef main():\n    web.app.run('::', 80)\n",
            "main ends with pusher.web.app.run (l. 5), of which nothing is known, and nothing "
            "else on the way serves",
        ),
        (
            "examples/one.py",
            "import uvicorn\n\nif __name__ == '__main__':\n    uvicorn.run('app:app')\n",
            "it is a test, an example or a copy: what it starts is no service of the project",
        ),
        (
            "tool.py",
            "import sys\n\n\ndef main():\n    print(sys.argv[1])\n\n\n"
            "if __name__ == '__main__':\n    main()\n",
            "__main__ ends with print (l. 5), and nothing on the way serves",
        ),
        (
            "unknown.py",
            "from pusher import Pusher\n\nif __name__ == '__main__':\n    Pusher().ignite()\n",
            "__main__ ends with pusher.Pusher().ignite (l. 4), of which nothing is known, and "
            "nothing else on the way serves",
        ),
        (
            "data.py",
            "RATES = {}\n",
            "nothing in it is known to begin a process that may serve: it has no main block, and "
            "the metadata declares none of its functions as a script",
        ),
    ],
)
def test_what_is_said_of_a_file_that_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, note: str
) -> None:
    scripts = '[project.scripts]\nown = "own:main"\n'
    harness.write(tmp_path, {"pyproject.toml": scripts, name: text})
    assert run(["--isolated", str(tmp_path / name)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.endswith(f"no start of a service was seen: {note}")
