"""Nothing crashes: generated programs, the standard library, what is installed here."""

from __future__ import annotations

import ast
import sysconfig
import tempfile
import tokenize
from collections.abc import Iterator
from pathlib import Path

import harness
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_launcher import rules

SAMPLE = 120
"""How many files of each directory are checked."""

CODES = {rule.code for rule in rules.discover()}

NAMES = st.sampled_from(
    "CONF cfg service launcher server app main run serve self argv config x y __name__".split()
)
DOTTED = st.sampled_from(
    """
    eventlet.monkey_patch gevent.monkey.patch_all oslo_config.cfg.CONF oslo_service.service.launch
    uvicorn.run uvicorn.Server asyncio.run sys.exit sys.argv os.stat os.environ yaml.safe_load
    http.server.HTTPServer functools.partial importlib.import_module contextlib.suppress
    configparser.ConfigParser nova.utils.monkey_patch cotyledon.ServiceManager threading.Thread
    typing.TYPE_CHECKING flask.Flask
    """.split()
)
LITERALS = st.sampled_from(
    ["None", "True", "0", "1.5", "''", "'svc'", "b'x'", "...", "'__main__'", "()", "{}", "1j"]
)


def expressions() -> st.SearchStrategy[str]:
    """Return a strategy for expressions in the manner of launchers, and of nobody."""
    simple = st.one_of(NAMES, DOTTED, LITERALS)

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        arguments = st.lists(
            st.one_of(
                inner,
                inner.map("*({})".format),
                inner.map("**({})".format),
                st.builds("{}=({})".format, st.sampled_from(["workers", "name", "os"]), inner),
            ),
            max_size=3,
        ).map(", ".join)
        attributes = st.sampled_from(
            "run serve wait start launch CONF import_opt monkey_patch st_mode".split()
        )
        return st.one_of(
            st.builds("({})({})".format, inner, arguments),
            st.builds("{}({})".format, DOTTED, arguments),
            st.builds("({}).{}".format, inner, attributes),
            st.builds("({}).{}({})".format, inner, attributes, arguments),
            st.builds("({})[{}]".format, inner, inner),
            st.builds("({}) if ({}) else ({})".format, inner, inner, inner),
            st.builds("({}) {} ({})".format, inner, st.sampled_from(["+", "&", "=="]), inner),
            st.builds("lambda {}: ({})".format, NAMES, inner),
            st.builds("({} := ({}))".format, NAMES.filter(str.isidentifier), inner),
            st.builds("[({}) for {} in ({})]".format, inner, NAMES, inner),
            st.builds("{{'a': ({}), **({})}}".format, inner, inner),
            st.builds("(({}), *({}))".format, inner, inner),
            st.builds("f'{{({})!r}}'".format, inner.filter(lambda text: "'" not in text)),
            inner.map("getattr({}, 'run')".format),
        )

    return st.recursive(simple, extend, max_leaves=6)


def indent(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def blocks() -> st.SearchStrategy[str]:
    """Return a strategy for statements, one or more lines each."""
    value = expressions()
    simple = st.one_of(
        value.map("{}\n".format),
        st.builds("{} = {}\n".format, NAMES, value),
        st.builds("self.{} = {}\n".format, NAMES, value),
        st.builds("{}: object = {}\n".format, NAMES, value),
        DOTTED.map(lambda name: f"import {name.rpartition('.')[0]}\n"),
        DOTTED.map(lambda name: "from {0} import {2}\n".format(*name.rpartition("."))),
        DOTTED.map(lambda name: "from {0} import {2} as x\n".format(*name.rpartition("."))),
        st.sampled_from(["from . import service\n", "from .x import *\n", "from svc import *\n"]),
        st.sampled_from(["pass\n", "raise\n", "global CONF\n", "return\n", "del x\n", "break\n"]),
        value.map("return {}\n".format),
        value.map("raise {}\n".format),
        value.map("yield {}\n".format),
        value.map("await ({})\n".format),
        value.map("assert {}\n".format),
        value.map("x, *y = {}\n".format),
        value.map("CONF += {}\n".format),
    )

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        body = st.lists(inner, min_size=1, max_size=3).map("".join).map(indent)
        return st.one_of(
            st.builds("if {}:\n{}else:\n{}".format, value, body, body),
            body.map("if __name__ == '__main__':\n{}".format),
            st.builds("while {}:\n{}".format, value, body),
            st.builds("for {} in {}:\n{}".format, NAMES, value, body),
            st.builds("with {} as {}:\n{}".format, value, NAMES, body),
            st.builds("try:\n{}except {}:\n{}".format, body, value, body),
            st.builds("try:\n{}except Exception as x:\n{}else:\n{}".format, body, body, body),
            st.builds("try:\n{}finally:\n{}".format, body, body),
            st.builds("def {}({}={}):\n{}".format, NAMES, NAMES, value, body),
            st.builds("@{}\ndef {}(*x, **y):\n{}".format, value, NAMES, body),
            st.builds("async def {}({}):\n{}".format, NAMES, NAMES, body),
            st.builds("class {}({}):\n{}".format, NAMES, value, body),
            st.builds("match {}:\n    case {{'x': x}}:\n        {}\n".format, value, value),
        )

    return st.recursive(simple, extend, max_leaves=12)


def programs() -> st.SearchStrategy[str]:
    """Return a strategy for programs; what this Python cannot parse is left out."""
    return st.lists(blocks(), min_size=1, max_size=6).map("".join).filter(is_valid)


def is_valid(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


TAIL = """
import uvicorn


def svc_main(argv=None):
    main()
    run(argv)
    uvicorn.run(app)


if __name__ == "__main__":
    svc_main()
"""
"""Makes a launcher of any file, so that its launch path is followed."""


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(programs())
def test_generated_programs(source: str) -> None:
    harness.configure(["--select=LS"])
    for text in (source, source + TAIL):
        lines = len(text.splitlines())
        for report in harness.check(text, "launcher.py"):
            assert report.code in CODES
            assert 1 <= report.line <= lines
            assert report.column >= 0


CALLER = """\
import eventlet
import uvicorn
from svc import other
from svc.other import *
from svc.other import main, serve, x as y

eventlet.monkey_patch()


class Server(other.CONF, other.service):
    def run(self):
        super().run(self.x)
        return self.main(y)


@other.app
def start():
    with other.config as z, main(z):
        other.run(z, *y, **serve)
    Server(other).run()


if __name__ == "__main__":
    start()
    uvicorn.run("svc.api:app")
"""
"""A launcher that uses what a generated module may define, in every way."""


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(programs(), programs())
def test_generated_modules(first: str, second: str) -> None:
    harness.configure(["--select=LS"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"svc/__init__.py": second, "svc/other.py": first, "svc/service.py": second}
        harness.write(folder, {**files, "svc/cmd.py": CALLER})
        for report in harness.check(CALLER, str(folder / "svc" / "cmd.py")):
            assert report.code in CODES
            assert 1 <= report.line <= len(CALLER.splitlines())


def test_form_feeds_end_no_line() -> None:
    harness.configure(["--select=LS"])
    text = "\f\n" * 20 + "import uvicorn\n\n\n\ndef main():\n    begin()\n\n\n"
    text += "\f\ndef begin():\n    uvicorn.run('svc.api:app')\n"
    assert [report.line for report in harness.check(text, "/srv/orchard/launcher.py")] == [31]


def sample(folder: Path) -> Iterator[Path]:
    """Yield some files of a directory, spread over the whole of it."""
    found = sorted(path for path in folder.rglob("*.py") if path.is_file())
    yield from found[:: max(1, len(found) // SAMPLE)][:SAMPLE]


def read(path: Path) -> str | None:
    """Return the text of a file that this Python can parse."""
    try:
        with tokenize.open(path) as stream:
            text = stream.read()
        ast.parse(text)
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    return text


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ["stdlib", "purelib"])
def test_real_files(tmp_path: Path, name: str) -> None:
    harness.configure(["--select=LS"])
    checked = followed = ours = 0
    for path in sample(Path(sysconfig.get_path(name))):
        if (text := read(path)) is None:
            continue
        checked += 1
        for report in harness.check(text, str(path)):
            assert report.code in CODES, path
        # elsewhere: no launch is reviewed of what is installed below a project, nor of a test
        reports = harness.check(text + TAIL, str(tmp_path / "launcher.py"))
        if "__main__" not in text:  # what is there may well exit before the tail
            ours += 1
            followed += any(report.code == "LS103" for report in reports)
    assert checked > 50
    assert followed > 0.9 * ours > 10


OF_NOTHING = (
    "importlib.import_module('')",
    "importlib.import_module('', package='svc')",
    "__import__('')",
    "''.join(())",
    "','.join([], [])",
    "{}.values()",
    "{}.items()",
    "[].pop()",
    "getattr(sys, *[])",
    "next(iter(()))",
    "next(empty())",
    "[one for one in ()]",
    "type(sys.argv)()",
    "filter(None, [])",
    "sum([], [])",
    "max()",
    "''.split()[0]",
    "(fails() if sys.argv else fails())",
    "(sys.argv and fails())",
    "Keeps().fails",
    "functools.partial()()",
    "(lambda: fails())()",
)
"""Expressions of which nothing can be told that they give, as a list of no candidates would be."""


@pytest.mark.parametrize("expression", OF_NOTHING)
def test_what_gives_nothing(expression: str, tmp_path: Path) -> None:
    """An attribute of it, and a call of that, are unknown, and the path goes on."""
    text = f"""\
import functools
import importlib
import sys

import uvicorn


def fails():
    raise ValueError


def empty():
    return
    yield


class Keeps:
    @property
    def fails(self):
        raise ValueError


def main():
    if len(sys.argv) > 1:
        {expression}.first.second(1)
    uvicorn.run("svc.api:app")


if __name__ == "__main__":
    main()
"""
    harness.configure(["--select=LS"])
    path = tmp_path / "launcher.py"
    assert [report.code for report in harness.check(text, str(path))] == ["LS103"]
