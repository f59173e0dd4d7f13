"""What values are made of, and who decides about it."""

from __future__ import annotations

import ast

import pytest

from flake8_launcher.knowledge import sources
from flake8_launcher.knowledge.sources import Kind
from flake8_launcher.launch import Argument
from flake8_launcher.launch.questions import origins
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running.events import Called, Event
from flake8_launcher.semantic.running.interpreter import Interpreter
from flake8_launcher.semantic.values import Values

HEAD = """
import configparser, json, os, sys
from pathlib import Path
from oslo_config import cfg
CONF = cfg.CONF
"""


def values_of(expression: str, before: str = "") -> Values:
    """Return what an expression may be."""
    text = f"{HEAD}\n{before}\ntell({expression})"
    found: list[Values] = []

    def listen(event: Event) -> None:
        if isinstance(event, Called) and event.names == ("?tell",):
            found.append(event.arguments.positional[0])

    module = Module("svc", "/svc.py", "", given=(text, ast.parse(text)))
    Interpreter(lambda name: None, listen).run_module(module)
    return found[0]


def origins_of(expression: str) -> tuple[str, ...]:
    """Return what an expression begins with."""
    return origins.leading(values_of(expression))


def paths_of(expression: str) -> tuple[str, ...]:
    """Return the paths that an expression may be."""
    argument = Argument(None, None, ..., (), values=values_of(expression))
    return origins.paths(argument)


@pytest.mark.parametrize(
    ("expression", "made_of"),
    [
        ("'a' + CONF.x", "'a'"),
        ("'' + CONF.x", "oslo_config.cfg.CONF.x"),
        ("CONF.x + '.a'", "oslo_config.cfg.CONF.x"),
        ("f'a.{CONF.x}'", "'a.'"),
        ("f'{CONF.x}.a'", "oslo_config.cfg.CONF.x"),
        ("'a.%s' % CONF.x", "'a.'"),
        ("'%s.a' % CONF.x", "oslo_config.cfg.CONF.x"),
        ("'%s.%s' % (CONF.x, 'a')", "oslo_config.cfg.CONF.x"),
        ("'%(name)s.a' % {'name': CONF.x}", "oslo_config.cfg.CONF.x"),
        ("'%(X)s.a' % os.environ", "os.environ['X']"),
        ("'%%%s' % CONF.x", "'%'"),
        ("'a.{}'.format(CONF.x)", "'a.'"),
        ("'{}.a'.format(CONF.x)", "oslo_config.cfg.CONF.x"),
        ("'{1}.{0}'.format('a', CONF.x)", "oslo_config.cfg.CONF.x"),
        ("'{name}.a'.format(name=CONF.x)", "oslo_config.cfg.CONF.x"),
        ("'.'.join([CONF.x, 'a'])", "oslo_config.cfg.CONF.x"),
        ("'.'.join(['a', CONF.x])", "'a'"),
        ("os.path.join(CONF.x, 'a')", "oslo_config.cfg.CONF.x"),
        ("os.path.abspath(os.path.join('a', CONF.x))", "'a'"),
        ("Path(CONF.x) / 'a'", "oslo_config.cfg.CONF.x"),
        ("['/a', CONF.x] + sys.path", "'/a'"),
        ("os.environ['X']", "os.environ['X']"),
        ("os.environ.get('X', 'a')", "os.environ['X']"),
        ("os.getenv('X').strip()", "os.environ['X']"),
        ("sys.argv[1]", "sys.argv[1]"),
        ("json.load(open('x'))['a']['b'].split('.')[0]", "json.load()['a']['b']"),
        (
            "configparser.ConfigParser().get('a', 'b')",
            "configparser.ConfigParser()['a']['b']",
        ),
        ("unknown(CONF.x)", "?unknown()"),
    ],
)
def test_first_piece_decides(expression: str, made_of: str) -> None:
    assert origins_of(expression)[0] == made_of


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("'%s/a' % os.getcwd()", ("./a",)),
        ("'%(here)s/%(name)s.%%' % {'here': os.curdir, 'name': 'a'}", ("./a.%",)),
        ("'/{}/{name}'.format(CONF.x, name='a')", ("/.../a",)),
        ("'/'.join([os.getcwd(), 'a', 'b'])", ("./a/b",)),
        ("str(os.path.join(os.environ['PWD'], 'a')).strip()", ("./a",)),
        ("os.environ.get('X', 'a/b')", ("a/b",)),
        ("sorted(['/a', '/b'])[0]", ("/a", "/b")),
        ("os.path.dirname('/a/b')", ()),
        ("configparser.ConfigParser().get('a', 'b/c')", ()),
    ],
)
def test_paths(expression: str, paths: tuple[str, ...]) -> None:
    assert paths_of(expression) == paths


@pytest.mark.parametrize(
    "expression",
    ["os.environ['X']", "os.environ.get('X', 'a')", "str(CONF.x)", "CONF.x + 'a'"],
)
def test_what_is_made_alike_is_one_candidate(expression: str) -> None:
    assert len(values_of(f"{expression} if unknown else {expression}")) == 1


def test_what_is_made_otherwise_is_another_candidate() -> None:
    assert len(values_of("os.environ['X'] if unknown else os.environ['Y']")) == 2


def test_what_is_made_again_and_again_is_asked_once() -> None:
    before = "x = os.environ['PWD']\n"
    before += "x = (str(x) if a else list(x)) if b else (tuple(x) if c else iter(x))\n" * 11
    values = values_of("x", before)
    argument = Argument(None, None, ..., (), values=values)
    assert origins.leading(values) == ("os.environ['PWD']",)
    assert "os.environ" in origins.names(argument)
    assert origins.paths(argument) == ()
    assert origins.source(argument) == "the environment"


def test_long_sum_begins_with_its_first_piece() -> None:
    values = values_of("x", "x = CONF.x\n" + "x += sys.argv[1]\n" * 500)
    assert origins.leading(values) == ("oslo_config.cfg.CONF.x",)


def test_all_of_a_list_counts() -> None:
    made_of = origins_of("['/a', CONF.x] + sys.path")
    assert made_of == ("'/a'", "oslo_config.cfg.CONF.x", "sys.path")


@pytest.mark.parametrize(
    ("origin", "kind", "name"),
    [
        ("oslo_config.cfg.CONF.x", Kind.CONFIGURATION, "CONF.x"),
        ("nova.conf.CONF.group.x.split()[]", Kind.CONFIGURATION, "CONF.group.x"),
        ("CONF.x[]", Kind.CONFIGURATION, "CONF.x"),
        ("json.load()['a']", Kind.CONFIGURATION, "json.load()['a']"),
        ("os.environ['X']", Kind.ENVIRONMENT, "os.environ['X']"),
        ("os.environ[]", Kind.ENVIRONMENT, "an environment variable"),
        ("sys.argv[0]", Kind.PROGRAM, "sys.argv[0]"),
        ("sys.argv[1]", Kind.ARGUMENTS, "sys.argv[1]"),
        ("argparse.ArgumentParser().parse_args().x", Kind.ARGUMENTS, "the argument x"),
        ("os.getcwd()", Kind.DIRECTORY, "os.getcwd()"),
    ],
)
def test_source(origin: str, kind: Kind, name: str) -> None:
    assert sources.source(origin) == sources.Source(kind, name)


@pytest.mark.parametrize(
    "origin",
    ["'os.environ[0]'", "?", "?name", "svc.x", "CONF.register_opts()", "sys.path", "CONF"],
)
def test_no_source(origin: str) -> None:
    assert sources.source(origin) is None
