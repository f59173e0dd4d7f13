"""Which rules a user's flake8 configuration turns on, and the options of the plugin."""

from __future__ import annotations

import argparse
from pathlib import Path

import harness
import pytest

from flake8_launcher import options

LAUNCHER = """\
import eventlet
eventlet.monkey_patch()

from oslo_config import cfg
from oslo_service import service

CONF = cfg.CONF
CONF.import_opt("host", "svc.common.config")


def main():
    CONF([], project="svc")
    return service.launch(CONF, object()).wait()
"""

ALL = ["LS101", "LS102", "LS104", "LS103"]
STYLE = ["E402"] * 2

LATE = """\
from time import sleep

import eventlet

eventlet.monkey_patch()

import eventlet.wsgi


def main():
    eventlet.wsgi.server(eventlet.listen(("", 8000)), sleep)
"""
"""A launcher with a defect."""

CONFIGURATIONS = ["setup.cfg", "tox.ini", ".flake8"]


def run(folder: Path, *arguments: str, **configuration: str) -> list[str]:
    """Return the codes that flake8 reports for the launcher."""
    harness.write(folder, {"launcher.py": LAUNCHER})
    if configuration:
        lines = [f"{name} = {value}\n" for name, value in configuration.items()]
        harness.write(folder, {"setup.cfg": "[flake8]\n" + "".join(lines)})
    return harness.codes(harness.flake8(folder, *arguments, "launcher.py"))


@pytest.mark.parametrize(
    ("arguments", "configuration"),
    [
        ([], {}),
        ([], {"ignore": "E501"}),
        ([], {"extend-ignore": "E501"}),
        ([], {"select": "E,F,W,L"}),
        ([], {"select": "L", "ignore": "E501", "extend-select": "E"}),
        ([], {"extend-select": "L"}),
        (["--select=E,F,W,L"], {}),
        (["--extend-select=H101"], {}),
        (["--ignore=E501"], {}),
        (["--max-complexity=10"], {"ignore": "E501"}),
    ],
    ids=str,
)
def test_review_is_off(
    tmp_path: Path, arguments: list[str], configuration: dict[str, str]
) -> None:
    assert run(tmp_path, *arguments, **configuration) == STYLE


@pytest.mark.parametrize(
    ("arguments", "configuration", "codes"),
    [
        (["--select=LS"], {}, ALL),
        (["--select=LS1"], {}, ALL),
        (["--select=LS10"], {}, ALL),
        (["--select=LS101"], {}, ["LS101"]),
        (["--select=LS101,LS103"], {}, ["LS101", "LS103"]),
        (["--extend-select=LS101"], {"ignore": "E402"}, ["LS101"]),
        (["--extend-select=LS101"], {}, ["LS101", *STYLE]),
        (["--extend-select=LS"], {"ignore": "E402"}, ALL),
        (["--select=LS", "--ignore=LS102"], {}, ["LS101", "LS104", "LS103"]),
        (["--select=LS", "--extend-ignore=LS10"], {}, []),
        ([], {"select": "LS"}, ALL),
        ([], {"select": "E,LS102"}, ["LS102", *STYLE]),
        ([], {"extend-select": "LS1", "ignore": "E"}, ALL),
        ([], {"extend-select": "LS103", "select": "F"}, ["LS103"]),
        ([], {"select": "LS", "per-file-ignores": "launcher.py: LS101,LS102"}, ["LS104", "LS103"]),
        (["--select=LS2,LS3,LS4,LS5,LS6"], {}, []),
    ],
    ids=str,
)
def test_review_is_on(
    tmp_path: Path, arguments: list[str], configuration: dict[str, str], codes: list[str]
) -> None:
    assert sorted(run(tmp_path, *arguments, **configuration)) == sorted(codes)


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["E402", "LS201"]),
        (["--ignore=E"], ["LS201"]),
        (["--extend-select=H101"], ["E402", "LS201"]),
        (["--select=L"], ["LS201"]),
        (["--select=LS2"], ["LS201"]),
        (["--select=LS"], ["LS101", "LS103", "LS201"]),
        (["--extend-select=LS101"], ["E402", "LS101", "LS201"]),
        (["--extend-ignore=LS2"], ["E402"]),
        (["--select=E,F,W"], ["E402"]),
        (["--per-file-ignores=late.py:LS201"], ["E402"]),
    ],
    ids=str,
)
def test_defects_are_on(tmp_path: Path, arguments: list[str], codes: list[str]) -> None:
    harness.write(tmp_path, {"late.py": LATE})
    completed = harness.flake8(tmp_path, *arguments, "late.py")
    assert sorted(harness.codes(completed)) == codes


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_each_configuration_file(tmp_path: Path, name: str) -> None:
    text = """\
[flake8]
select = LS
launcher_allowed_patches =
    eventlet.monkey_patch,
    gevent.monkey.patch_all
launcher-config-guards = svc.security.check
"""
    guarded = LAUNCHER.replace("    CONF(", "    svc.security.check()\n    CONF(")
    harness.write(tmp_path, {name: text, "launcher.py": "import svc.security\n" + guarded})
    codes = harness.codes(harness.flake8(tmp_path, "launcher.py"))
    assert sorted(codes) == ["LS102", "LS103"]


def test_the_command_line_wins(tmp_path: Path) -> None:
    configuration = {"select": "LS101", "launcher-allowed-patches": "eventlet.monkey_patch"}
    assert not run(tmp_path, **configuration)
    assert run(tmp_path, "--launcher-allowed-patches=a.b", **configuration) == ["LS101"]


def test_entry_points_from_the_command_line(tmp_path: Path) -> None:
    text = "import uvicorn\n\n\ndef start(application, port):\n    uvicorn.run(application)\n"
    harness.write(tmp_path, {"svc/__init__.py": "", "svc/server.py": text})
    arguments = ["--select=LS", "svc"]
    assert not harness.codes(harness.flake8(tmp_path, *arguments))
    option = "--launcher-entry-points=svc.cmd:main,svc.server:start"
    assert harness.codes(harness.flake8(tmp_path, option, *arguments)) == ["LS103"]


@pytest.mark.parametrize(
    ("flag", "value", "form"),
    [
        ("--launcher-entry-points", "svc.server", "package.module:function"),
        ("--launcher-allowed-patches", "svc.server:patch", "package.module.function"),
        ("--launcher-config-guards", "svc..check", "package.module.function"),
    ],
)
def test_a_wrong_value(tmp_path: Path, flag: str, value: str, form: str) -> None:
    harness.write(tmp_path, {"launcher.py": LAUNCHER})
    completed = harness.flake8(tmp_path, f"{flag}={value}", "launcher.py")
    assert completed.returncode == 1
    assert completed.stderr == ""
    heading, message = completed.stdout.splitlines()
    assert heading == "There was a critical error during execution of Flake8:"
    for piece in (flag, repr(value), form):
        assert piece in message


def test_several_values_where_one_is_taken() -> None:
    given = {"launcher_documentation": ["https://a.example.com/", "https://b.example.com/"]}
    with pytest.raises(ValueError, match="^--launcher-documentation takes one value, .* 2$"):
        options.read(argparse.Namespace(**given))


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_wrong_value_in_a_configuration_file(tmp_path: Path, name: str) -> None:
    text = "[flake8]\nlauncher-allowed-patches = eventlet.monkey_patch, not-a-name\n"
    harness.write(tmp_path, {name: text, "launcher.py": LAUNCHER})
    completed = harness.flake8(tmp_path, "launcher.py")
    assert completed.returncode == 1
    assert completed.stderr == ""
    _, message = completed.stdout.splitlines()
    assert message.startswith("--launcher-allowed-patches: 'not-a-name' ")


def test_help_lists_the_options(tmp_path: Path) -> None:
    completed = harness.flake8(tmp_path, "--help")
    assert completed.returncode == 0
    for name in ("entry-points", "allowed-patches", "config-guards"):
        assert f"--launcher-{name} " in completed.stdout


def test_version_names_the_plugin(tmp_path: Path) -> None:
    assert "flake8-launcher: " in harness.flake8(tmp_path, "--version").stdout


def test_an_entry_point_of_a_file_without_any_word_of_a_launcher(tmp_path: Path) -> None:
    files = {
        "svc/__init__.py": "",
        "svc/app.py": "import uvicorn\n\n\ndef begin():\n    uvicorn.run('svc.api:app')\n",
        "svc/first.py": "from svc import app\n\n\ndef go():\n    app.begin()\n",
    }
    harness.write(tmp_path, files)
    arguments = ["--select=LS", "svc/first.py"]
    assert not harness.codes(harness.flake8(tmp_path, *arguments))
    option = "--launcher-entry-points=svc.first:go"
    assert harness.codes(harness.flake8(tmp_path, option, *arguments)) == ["LS103"]
