"""What is found depends on the text, the options and the project alone."""

from __future__ import annotations

import itertools
import os
import random
import sys
from pathlib import Path

import harness
import pytest

PROJECT = {
    "setup.cfg": "[metadata]\nname = svc\n",
    "svc/__init__.py": "",
    "svc/green.py": "import eventlet\n\n\ndef prepare():\n    eventlet.monkey_patch()\n",
    "svc/places.py": (
        "import configparser\n\n\ndef read(path):\n    configparser.ConfigParser().read(path)\n"
    ),
    "svc/base.py": (
        "from svc import green, places\n\n\nclass Base:\n    def run(self):\n"
        "        green.prepare()\n        places.read('/etc/svc.ini')\n        self.serve()\n"
    ),
    "svc/api.py": (
        "import uvicorn\n\nfrom svc.base import Base\n\n\nclass Api(Base):\n"
        "    def serve(self):\n        uvicorn.run('svc.api:app')\n\n\n"
        "def main():\n    Api().run()\n"
    ),
    "svc/rpc.py": (
        "from oslo_service import service\n\nfrom svc import api, base, green\n\n"
        "green.prepare()\n\n\nclass Rpc(base.Base):\n    def serve(self):\n"
        "        service.launch(None, self).wait()\n\n\n"
        "def main():\n    try:\n        Rpc().run()\n    except OSError:\n"
        "        api.main()\n\n\nif __name__ == '__main__':\n    main()\n"
    ),
    "svc/both.py": (
        "try:\n    from svc.api import main as serve\nexcept ImportError:\n"
        "    from svc.rpc import main as serve\n\nSERVERS = dict(a=serve)\n\n\n"
        "def main(argv=None):\n    serve()\n    SERVERS['a'].run()\n"
    ),
    "bin/svc-api": "#!/usr/bin/env python3\nfrom svc.api import Api as Server\n\nServer().run()\n",
    # a module that rebinds what others use, and one that is broken
    "svc/odd.py": (
        "import builtins\n\nimport uvicorn\n\nbuiltins.open = print\nuvicorn.run = print\n\n\n"
        "def run_server(app):\n    uvicorn.run(app)\n\n\ndef main():\n    run_server(None)\n"
    ),
    "svc/broken.py": "from svc import api\napi.main()\nimport os; os.nothing\n",
}
CHECKED = sorted(name for name in PROJECT if not name.endswith(".cfg"))

Found = dict[str, list[harness.Report]]


def check(folder: Path, names: list[str]) -> Found:
    """Check files of the project in an order, in this process."""
    return {name: harness.check(PROJECT[name], str(folder / name)) for name in names}


@pytest.fixture(name="folder")
def write_project(tmp_path: Path) -> Path:
    harness.write(tmp_path, PROJECT)
    harness.configure(["--select=LS"])
    return tmp_path


def test_project_has_findings(folder: Path) -> None:
    found = check(folder, CHECKED)
    assert {report.code for reports in found.values() for report in reports} >= {
        "LS101",
        "LS103",
        "LS104",
    }
    assert sum(bool(reports) for reports in found.values()) >= 4


def test_order_of_files(folder: Path) -> None:
    wanted = check(folder, CHECKED)
    shuffle = random.Random(0).shuffle
    for _ in range(20):
        names = list(CHECKED)
        shuffle(names)
        assert check(folder, names) == wanted


def test_file_checked_after_each_other(folder: Path) -> None:
    wanted = check(folder, CHECKED)
    for first, second in itertools.permutations(CHECKED, 2):
        check(folder, [first])
        assert check(folder, [second])[second] == wanted[second]


def test_file_checked_first_in_a_process(folder: Path) -> None:
    together = harness.flake8(folder, "--select=LS", *CHECKED, "-j1")
    assert together.stderr == ""
    for name in CHECKED:
        alone = harness.flake8(folder, "--select=LS", name)
        assert alone.stderr == ""
        wanted = [line for line in together.stdout.splitlines() if line.partition(":")[0] == name]
        assert alone.stdout.splitlines() == wanted


def test_another_project_between(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    wanted = check(folder, CHECKED)
    other = tmp_path_factory.mktemp("other")
    swapped = {name: text.replace("eventlet", "json") for name, text in PROJECT.items()}
    harness.write(other, swapped)
    for name in CHECKED:
        harness.check(swapped[name], str(other / name))
        assert check(folder, [name]) == {name: wanted[name]}


def test_edited_file_between(folder: Path) -> None:
    wanted = check(folder, CHECKED)
    kept = (folder / "svc" / "green.py").stat()
    for number, text in enumerate(["def prepare(): ...\n", "x = 1\n", "def prepare(:\n", ""]):
        (folder / "svc" / "green.py").write_text(text)
        os.utime(folder / "svc" / "green.py", ns=(number, number))
        assert check(folder, ["svc/api.py"])["svc/api.py"] != wanted["svc/api.py"]
        (folder / "svc" / "green.py").write_text(PROJECT["svc/green.py"])
        os.utime(folder / "svc" / "green.py", ns=(kept.st_atime_ns, kept.st_mtime_ns))
        assert check(folder, ["svc/api.py"])["svc/api.py"] == wanted["svc/api.py"]


def test_unsaved_buffer_between(folder: Path) -> None:
    wanted = check(folder, CHECKED)
    buffer = "import uvicorn\n\n\ndef prepare():\n    uvicorn.run(None)\n\n\nprepare()\n"
    assert harness.check(buffer, str(folder / "svc" / "green.py")) != wanted["svc/green.py"]
    assert check(folder, CHECKED) == wanted


def test_relative_and_absolute_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = check(folder, CHECKED)
    for place in ["", "svc", "bin"]:
        monkeypatch.chdir(folder / place)
        for name in CHECKED:
            relative = os.path.relpath(folder / name)
            for spelled in [relative, os.path.join(".", relative)]:
                assert harness.check(PROJECT[name], spelled) == wanted[name]
            assert harness.check(PROJECT[name], str(folder / name)) == wanted[name]


def run(folder: Path, *arguments: str, **environment: str) -> list[str]:
    """Return what a flake8 process prints on the project, without the way to the files."""
    completed = harness.flake8(
        folder,
        "--select=LS",
        "--format=%(path)s:%(row)d:%(col)d: %(code)s %(text)s",
        *arguments,
        environment={**os.environ, **environment},
    )
    assert completed.stderr == ""
    assert completed.returncode == 1
    assert "failed during execution" not in completed.stdout
    return [line.removeprefix("./") for line in completed.stdout.splitlines()]


def test_number_of_jobs(folder: Path) -> None:
    wanted = sorted(run(folder, "-j1", *CHECKED))
    for jobs in ["2", "4", "auto"]:
        assert sorted(run(folder, f"-j{jobs}", *CHECKED)) == wanted


def test_order_of_arguments(folder: Path) -> None:
    wanted = sorted(run(folder, "-j1", *CHECKED))
    assert sorted(run(folder, "-j1", *reversed(CHECKED))) == wanted


def test_current_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    wanted = run(folder, "-j1", *CHECKED)
    places = [str(folder / name) for name in CHECKED]
    for where in [tmp_path_factory.mktemp("empty"), folder / "svc", Path("/")]:
        lines = run(where, "-j1", "--isolated", *places)
        assert [line.removeprefix(f"{folder}/") for line in lines] == wanted


ENVIRONMENTS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4242"},
    {"PYTHONPATH": "svc"},
    {"PYTHONPATH": "."},
    {"EVENTLET_NO_GREENDNS": "yes", "OS_SVC_DISABLE_EVENTLET_PATCHING": "1"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere"},
    {"TZ": "Pacific/Apia", "COLUMNS": "20", "LANG": "tr_TR.UTF-8"},
    {"PYTHONOPTIMIZE": "1"},
]


def test_environment(folder: Path) -> None:
    wanted = run(folder, "-j1", *CHECKED)
    for environment in ENVIRONMENTS:
        assert run(folder, "-j1", *CHECKED, **environment) == wanted, environment


def test_standard_input(folder: Path) -> None:
    for name in ["svc/api.py", "svc/rpc.py", "bin/svc-api"]:
        wanted = run(folder, "-j1", name)
        completed = harness.flake8(
            folder,
            "--select=LS",
            f"--stdin-display-name={name}",
            "-",
            stdin=PROJECT[name].encode(),
        )
        assert completed.stdout.splitlines() == wanted


def test_order_of_the_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    wanted = check(folder, CHECKED)
    other = tmp_path_factory.mktemp("other")
    harness.write(other, dict(reversed(PROJECT.items())))
    assert check(other, CHECKED) == wanted


def test_recursion_limit(folder: Path) -> None:
    wanted = check(folder, CHECKED)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(4 * limit)
    try:
        assert check(folder, CHECKED) == wanted
    finally:
        sys.setrecursionlimit(limit)


def test_a_new_run_sees_what_is_new_in_a_folder(tmp_path: Path) -> None:
    text = "from oslo_config import cfg\n\ncfg.CONF.import_opt('port', 'svc.later')\n"
    harness.write(tmp_path, {"setup.cfg": "", "svc/__init__.py": "", "svc/api.py": text})
    found = []
    for later in (None, "from oslo_config import cfg\n\ncfg.CONF.register_opt(cfg.Opt('port'))\n"):
        if later:
            harness.write(tmp_path, {"svc/later.py": later})
        harness.configure(["--select=LS4"])
        found.append([one.code for one in harness.check(text, str(tmp_path / "svc" / "api.py"))])
    assert found == [["LS401"], []]
