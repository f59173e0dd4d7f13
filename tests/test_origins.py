"""What values are made of, and who decides about it."""

from __future__ import annotations

import ast

import pytest

from flake8_launcher.knowledge import sources
from flake8_launcher.knowledge.sources import Kind
from flake8_launcher.launch import origins
from flake8_launcher.semantic.events import Called, Event
from flake8_launcher.semantic.interpreter import Interpreter
from flake8_launcher.semantic.modules import Module

HEAD = """
import configparser, json, os, sys
from pathlib import Path
from oslo_config import cfg
CONF = cfg.CONF
"""


def origins_of(expression: str) -> tuple[str, ...]:
    """Return what an expression is made of."""
    text = f"{HEAD}\ntell({expression})"
    found: list[tuple[str, ...]] = []

    def listen(event: Event) -> None:
        if isinstance(event, Called) and event.names == ("?tell",):
            found.append(origins.leading(event.arguments.positional[0]))

    module = Module("svc", "/svc.py", "", len(text), (text, ast.parse(text)))
    Interpreter(lambda name: None, listen).run_module(module)
    return found[0]


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
        ("os.environ[]", Kind.ENVIRONMENT, "os.environ"),
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
