"""What is known of reads of options: their names, and who imports a module too early."""

from __future__ import annotations

import ast
from pathlib import Path

import harness
import pytest

from flake8_launcher import gate, launch
from flake8_launcher.imports import early
from flake8_launcher.knowledge import options
from flake8_launcher.launch import OptionRead
from flake8_launcher.launch.questions import import_reads
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("oslo_config.cfg.CONF.host", ("host",)),
        ("oslo_config.cfg.CONF.api.port", ("api", "port")),
        ("oslo_config.cfg.ConfigOpts().hosts[].lower", ()),
        ("oslo_config.cfg.ConfigOpts().hosts.split().x", ("hosts",)),
        ("oslo_config.cfg.CONF.register_opt", ()),
        ("oslo_config.cfg.CONF.config_file", ()),
        ("oslo_config.cfg.CONF._args", ()),
        ("oslo_config.cfg.CONFIG.host", ()),
        ("tempest.config.CONF.host", ()),
    ],
)
def test_parts(name: str, parts: tuple[str, ...]) -> None:
    assert options.read(name) == parts


def read(text: str, path: Path) -> launch.Launcher:
    admission = gate.Gate().admit(text, str(path))
    assert admission
    return launch.Launcher(ast.parse(text), text, admission)


TEXT = """\
from oslo_config import cfg
from oslo_service import service

CONF = cfg.CONF


def main():
    group = CONF.api
    print(CONF.api.host.lower(), CONF["topic"], getattr(CONF, "name"), group.port)
    CONF(["--debug"])
    service.launch(CONF, service.Service(), workers=CONF.workers).wait()


if __name__ == "__main__":
    main()
"""


def test_reads_stand_among_the_steps(tmp_path: Path) -> None:
    path = read(TEXT, tmp_path / "launcher.py").paths[0]
    names = [step.name.removeprefix("oslo_config.cfg.CONF.") for step in path.with_reads]
    reads = [
        name
        for name, step in zip(names, path.with_reads, strict=True)
        if isinstance(step, OptionRead)
    ]
    assert reads == ["api", "api.host.lower", "topic", "name", "api.port", "workers"]
    assert names.index("workers") > names.index("oslo_config.cfg.CONF") > names.index("api.port")
    assert not any(isinstance(step, OptionRead) for step in path.steps)


def test_the_use_of_a_read_is_told(tmp_path: Path) -> None:
    path = read(TEXT, tmp_path / "launcher.py").paths[0]
    reads = [step for step in path.with_reads if isinstance(step, OptionRead)]
    assert [step.use for step in reads if step.name.endswith(".workers")] == [
        "oslo_service.service.launch"
    ]


def test_what_is_evaluated_on_import() -> None:
    text = """\
A = CONF.a
@f(CONF.b)
def g(x=CONF.c, *, y=[CONF.d]):
    return CONF.no
class C(CONF.e):
    F = lambda self, x=CONF.f: CONF.no
    @f(lambda: CONF.no)
    def g(self):
        return CONF.no
try:
    with CONF.g: pass
except CONF.h:
    I = {CONF.i: cfg.StrOpt(default=CONF.j)}
CONF.no = 1
if __name__ == "__main__":
    CONF.no
"""
    found = import_reads.candidates(ast.parse(text), text)
    read = sorted(ast.unparse(one.expression) for one in found)
    assert read == [f"CONF.{x}" for x in "abcdefgij"]


def way(folder: Path, files: dict[str, str], *begins: str) -> tuple[str, ...]:
    harness.write(folder, {"pulse/__init__.py": "", **files})
    path = str(folder / "pulse" / "target.py")
    module = Module(*modules.locate(path)[:1], path, "pulse")
    return early.way_to(module, begins, Finder(module))


@pytest.mark.parametrize(
    "line",
    [
        "import pulse.target\n",
        "import os, pulse.target as other\n",
        "from pulse import other, target\n",
        "from pulse import (\n    other,  # first\n    target as name,\n)\n",
        "from pulse import other, \\\n    target\n",
        "from . import target\n",
        "from .target import name\n",
        "from pulse.target import *\n",
    ],
)
def test_imports_of_the_top_level(tmp_path: Path, line: str) -> None:
    files = {"pulse/api.py": line, "pulse/target.py": ""}
    assert way(tmp_path, files, "pulse.api") == ("pulse.api", "pulse.target")


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import pulse.target\n",
        "if x:\n    import pulse.target\n",
        "CONF(['x'])\nimport pulse.target\n",
        "import pulse.parses\nimport pulse.target\n",
        "from .. import target\n",
        "import pulse.missing\n",
        "importer = pulse.target\n",
    ],
)
def test_no_sure_import(tmp_path: Path, text: str) -> None:
    parses = "from oslo_config import cfg\ncfg.CONF()\n"
    files = {"pulse/api.py": text, "pulse/target.py": "", "pulse/parses.py": parses}
    assert not way(tmp_path, files, "pulse.api")


def test_a_ring_of_imports_and_a_second_beginning(tmp_path: Path) -> None:
    files = {
        "pulse/one.py": "from pulse import two\n",
        "pulse/two.py": "from pulse import one\n",
        "pulse/three.py": "import pulse.one\nfrom pulse import target\n",
        "pulse/target.py": "",
    }
    found = way(tmp_path, files, "pulse.one", "pulse.gone", "pulse.three")
    assert found == ("pulse.three", "pulse.target")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    files = {"pulse/api.py": "import pulse.target\n", "pulse/target.py": ""}
    assert way(tmp_path, files, "pulse.api")
    assert not way(tmp_path, {"pulse/api.py": "import os\n"}, "pulse.api")
