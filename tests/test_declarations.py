"""The options that a text makes, as the rules about secrets see them."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from flake8_launcher.knowledge import shapes
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.settings.declarations import declarations
from flake8_launcher.settings.model import Declaration

ANY = r"Opt\("


def made_by(text: str) -> list[Declaration]:
    """Return the options that a text makes, in its order."""
    text = dedent(text)
    module = Module("svc.options", "svc/options.py", "svc", given=(text, ast.parse(text)))
    return sorted(declarations(module, ANY), key=lambda one: one[2:4])


def test_declaration_and_its_properties() -> None:
    text = """
    import os

    from oslo_config import cfg

    DEFAULT = "guest"
    EITHER = "a"
    EITHER = "b"

    opts = [
        cfg.StrOpt("password", default=DEFAULT, secret=True, help=_("Password " "to use")),
        cfg.ListOpt(
            name="tokens", default=[], secret=os.environ, help=DEFAULT + "x"
        ),
        cfg.StrOpt("key", default=EITHER, choices=["a"], help=f"{EITHER} key", **os.environ),
    ]
    """
    first, second, third = made_by(text)
    assert first == Declaration(
        "password", "StrOpt", 11, 4, True, "guest", "Password to use", False
    )
    assert second == Declaration("tokens", "ListOpt", 12, 4, None, ..., "x", False)
    assert third == Declaration("key", "StrOpt", 15, 4, None, ..., " key", True)


@pytest.mark.parametrize(
    ("call", "is_limited"),
    [
        ("cfg.Opt('x')", False),
        ("cfg.Opt('x', type=types.String())", False),
        ("cfg.Opt('x', type=types.List)", False),
        ("cfg.Opt('x', type=types.Integer(min=1))", True),
        ("cfg.Opt('x', type=int)", True),
        ("cfg.StrOpt('x', choices=NAMES)", True),
    ],
)
def test_which_values_an_option_takes(call: str, is_limited: bool) -> None:
    (made,) = made_by(f"from oslo_config import cfg, types\n{call}\n")
    assert made.is_limited is is_limited


@pytest.mark.parametrize(
    "text",
    [
        "from oslo_config import cfg\ncfg.StrOpt()",
        "from oslo_config import cfg\ncfg.StrOpt('%s' % name)",
        "from oslo_config import cfg\ncfg.DeprecatedOpt('password')",
        "from oslo_config import cfg\ncfg.CONF.register_opt('StrOpt(')",
        "from orchard import cfg\ncfg.StrOpt('password')",
        "cfg = load()\ncfg.StrOpt('password')",
        "load().StrOpt('password')",
    ],
)
def test_what_makes_no_option_that_can_be_told(text: str) -> None:
    assert made_by(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "from oslo_config import cfg\ncfg.StrOpt('password')",
        "import oslo_config.cfg\noslo_config.cfg.StrOpt('password')",
        "from oslo.config.cfg import StrOpt\nStrOpt('password')",
        (
            "try:\n    from oslo_config import cfg\n"
            "except ImportError:\n    from oslo.config import cfg\n"
            "cfg.StrOpt('password')"
        ),
    ],
)
def test_ways_to_name_the_class(text: str) -> None:
    assert [one.kind for one in made_by(text)] == ["StrOpt"]


def test_only_what_is_asked_for_is_read() -> None:
    text = "from oslo_config import cfg\na = cfg.StrOpt('host')\nb = cfg.StrOpt('password')\n"
    module = Module("svc.options", "svc/options.py", "svc", given=(text, ast.parse(text)))
    assert [one.name for one in declarations(module, shapes.SECRET_TEXT)] == ["password"]
