"""What the modules of a project register with oslo.config; nothing is imported."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent

import harness
import pytest

from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.settings.model import Registrations
from flake8_launcher.settings.registry import Registry

HEAD = "from oslo_config import cfg\nCONF = cfg.CONF\n"


def registry_for(folder: Path, files: dict[str, str]) -> Registry:
    """Return the registry of a project with some files, as its ``svc/api.py`` sees it."""
    harness.write(folder, {"setup.py": "", "svc/__init__.py": "", **files})
    text = "import svc\n"
    path = folder / "svc" / "api.py"
    name, package = modules.locate(str(path))
    module = Module(name, str(path), package, given=(text, ast.parse(text)))
    return Registry(Finder(module), module)


def found_in(folder: Path, text: str, **others: str) -> Registrations:
    """Return what a module with some text registers."""
    files = {f"svc/{name}.py": dedent(other) for name, other in others.items()}
    registry = registry_for(folder, {**files, "svc/options.py": HEAD + dedent(text)})
    found = registry.own("svc.options")
    assert found is not None
    return found


def shown(found: Registrations) -> list[str]:
    """Spell what is registered: ``group.option``, with ``?`` for what is not known."""
    several = {
        f"{'?' if one.group is None else one.group}.{one.option.name}".lstrip(".")
        for one in found.options
    }
    return sorted(several | {f"{group}.?".lstrip(".") for group in found.open_groups})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONF.register_opt(cfg.StrOpt('host'))", ["host"]),
        ("cfg.CONF.register_opts([cfg.StrOpt('a-b'), cfg.IntOpt('c')])", ["a_b", "c"]),
        ("CONF.register_cli_opts((cfg.BoolOpt('debug'),), group='api')", ["api.debug"]),
        ("CONF.register_opt(cfg.StrOpt(name='host', dest='node'))", ["node"]),
        ("g = cfg.OptGroup('api')\nCONF.register_opt(cfg.Opt('host'), g)", ["api.host"]),
        ("g = cfg.OptGroup('api')\nCONF.register_opt(cfg.Opt('host'), g.name)", ["api.host"]),
        ("CONF.register_opt(cfg.StrOpt('host'), group='DEFAULT')", ["host"]),
        ("a = [cfg.Opt('x')]\nb = (cfg.Opt('y'),)\nCONF.register_opts(a + list(b))", ["x", "y"]),
        ("a = [cfg.Opt('x')]\na += [cfg.Opt('y')]\nCONF.register_opts(a)", ["x", "y"]),
        (
            ("a = []\na.append(cfg.Opt('x'))\na.extend([cfg.Opt('y')])\nCONF.register_opts(a)"),
            ["x", "y"],
        ),
        ("CONF.register_opts([*(cfg.Opt('x'),), cfg.Opt('y')])", ["x", "y"]),
        ("CONF.register_opts([cfg.Opt(n) for n in ('x', 'y') if n != 'z'])", ["x", "y"]),
        ("CONF.register_opts([cfg.Opt('%s_host' % n) for n in ('x', 'y')])", ["x_host", "y_host"]),
        (
            ("for n in ('x', 'y'):\n    CONF.register_opt(cfg.Opt(f'{n}_url'), group=n)"),
            ["x.x_url", "y.y_url"],
        ),
        ("for g, o in {'x': [cfg.Opt('h')]}.items():\n    CONF.register_opts(o, g)", ["x.h"]),
        (
            (
                "import itertools\n"
                "CONF.register_opts(itertools.chain([cfg.Opt('x')], [cfg.Opt('y')]))"
            ),
            ["x", "y"],
        ),
        ("import copy\na = [cfg.Opt('x')]\nCONF.register_opts(copy.deepcopy(a))", ["x"]),
        ("opts = {'api': [cfg.Opt('x')]}\nCONF.register_opts(opts['api'], 'api')", ["api.x"]),
        ("def f(conf):\n    conf.register_opt(cfg.Opt('x'))\nf(CONF)", ["x"]),
        (
            (
                "def f(conf, opts=(cfg.Opt('x'),), group=None):\n"
                "    conf.register_opts(opts, group=group)\n"
                "f(CONF, group='api')"
            ),
            ["api.x"],
        ),
        (
            (
                "def f():\n"
                "    yield 'api', [cfg.Opt('x')]\n"
                "    yield from [(None, [cfg.Opt('y')])]\n"
                "for g, o in f():\n"
                "    CONF.register_opts(o, group=g)"
            ),
            ["api.x", "y"],
        ),
        (
            (
                "import functools\n"
                "add = functools.partial(CONF.register_opts, group='api')\n"
                "add([cfg.Opt('x')])"
            ),
            ["api.x"],
        ),
        (
            (
                "class Names:\n"
                "    GROUP = 'api'\n"
                "CONF.register_opt(cfg.Opt('x'), group=Names.GROUP)"
            ),
            ["api.x"],
        ),
        ("class Manager:\n    CONF.register_opt(cfg.Opt('x'))", ["x"]),
        ("class HostOpt(cfg.StrOpt):\n    pass\nCONF.register_opt(HostOpt('x'))", ["x"]),
        (
            (
                "if CONF:\n"
                "    opts = [cfg.Opt('x')]\n"
                "else:\n"
                "    opts = [cfg.Opt('y')]\n"
                "CONF.register_opts(opts)"
            ),
            ["x", "y"],
        ),
        (
            (
                "try:\n"
                "    import fast\n"
                "except ImportError:\n"
                "    fast = None\n"
                "CONF.register_opt(cfg.Opt('x'))"
            ),
            ["x"],
        ),
        ("def f(conf):\n    conf.register_opt(cfg.Opt('x'))", []),
        ("if __name__ == '__main__':\n    CONF.register_opt(cfg.Opt('x'))", []),
        ("import sys\nCONF.register_opt(cfg.Opt('x'), group=sys.argv[1])", ["?.x"]),
        ("import sys\nCONF.register_opt(cfg.Opt(sys.argv[1]), group='api')", ["api.?"]),
        (
            (
                "from keystoneauth1 import loading\n"
                "loading.register_auth_conf_options(CONF, 'nova')"
            ),
            ["nova.?"],
        ),
    ],
)
def test_what_is_registered(text: str, expected: list[str], tmp_path: Path) -> None:
    found = found_in(tmp_path, text)
    assert found.unread == ""
    assert shown(found) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nCONF.register_opt(cfg.Opt(sys.argv[1]), group=sys.argv[2])",
        "import sys\nCONF.register_opts(sys.argv)",
        "import meadow\nmeadow.setup(CONF)",
        "import meadow\nmeadow.each(CONF.register_opt, [])",
        "list(map(CONF.register_opt, [cfg.Opt('x')]))",
        (
            "class Settings:\n"
            "    def __init__(self):\n"
            "        CONF.register_opt(cfg.Opt('x'))\n"
            "Settings()"
        ),
        "import importlib, sys\nimportlib.import_module(sys.argv[1])",
        "class Settings:\n    CONF.register_opt(cfg.Opt('x'))\n    print 'broken'",
        "print 'broken'",
        (
            "from keystoneauth1 import loading\n"
            "loading.register_session_conf_options(CONF, CONF.group)"
        ),
        "def f(options):\n    print 'broken'\nf(1)",
        "x = []\n" + "x = x + x + [1]\n" * 60,
        "def f(n):\n    "
        + "\n    ".join(f"f{i}()" for i in range(9))
        + "\n"
        + "".join(
            f"def f{i}():\n    for n in range(3):\n        f{i + 1}()\n        f{i + 1}()\n"
            for i in range(40)
        )
        + "f0()",
    ],
)
def test_what_cannot_be_read(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, text).unread


def test_computed_texts_stay_small(tmp_path: Path) -> None:
    text = """
    a = "%99999999d" % 1
    b = "{:>99999999}".format(1)
    c = "x"
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20):
        c = c + c
    CONF.register_opts([cfg.Opt(a), cfg.Opt(b), cfg.Opt(c)], group="api")
    """
    found = found_in(tmp_path, text)
    assert shown(found) == ["api.?"]


def test_option_and_its_properties(tmp_path: Path) -> None:
    text = """
    CONF.register_cli_opt(
        cfg.StrOpt(
            "admin-password",
            default="secret",
            secret=True,
            deprecated_name="password",
            deprecated_opts=[cfg.DeprecatedOpt("pass-word", group="old")],
        )
    )
    CONF.register_opt(cfg.IntOpt("workers", default=len("a"), secret=bool(1)))
    """
    first, second = found_in(tmp_path, text).options
    assert first.cli
    assert (first.option.name, first.option.kind, first.option.line) == (
        "admin_password",
        "StrOpt",
        5,
    )
    assert (first.option.default, first.option.secret) == ("secret", True)
    assert first.option.deprecated == ("password", "pass-word", "pass_word")
    assert not second.cli
    assert (second.option.default, second.option.secret) == (..., None)


def test_groups(tmp_path: Path) -> None:
    text = """
    CONF.register_group(cfg.OptGroup(name="empty"))
    CONF.register_opt(cfg.Opt("host"), group="api")
    """
    found = found_in(tmp_path, text)
    assert found.groups == {"api", "empty"}
    assert not found.unknown_groups


def test_across_modules(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        """
        from svc import api_options as api, names
        from svc.more import *
        api.register(CONF)
        CONF.register_opts(shared, group=names.GROUP)
        """,
        api_options=(
            "from oslo_config import cfg\n"
            "opts = [cfg.Opt('x')]\n"
            "def register(conf):\n"
            "    conf.register_opts(opts, 'api')\n"
        ),
        names="GROUP = 'core'\n",
        more="from oslo_config import cfg\nshared = [cfg.Opt('y')]\n",
    )
    assert shown(found) == ["api.x", "core.y"]
    assert list(found.imports) == [
        "oslo_config",
        "svc",
        "svc.api_options",
        "svc.names",
        "svc.more",
    ]


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    registry = registry_for(
        tmp_path,
        {
            "svc/one.py": HEAD + "from svc import two\nCONF.register_opts(two.opts)\n",
            "svc/two.py": HEAD + "from svc import one\nopts = [cfg.Opt('x')]\nother = one.CONF\n",
        },
    )
    assert registry.registers("svc.two", "x", "") is True
    assert registry.registers("svc.two", "y", "") is False


def test_what_an_import_brings(tmp_path: Path) -> None:
    registry = registry_for(
        tmp_path,
        {
            "svc/sub/__init__.py": HEAD + "CONF.register_opt(cfg.Opt('parent'))\n",
            "svc/sub/inner.py": "def late():\n    from svc import never\n",
            "svc/never.py": HEAD + "CONF.register_opt(cfg.Opt('never'))\n",
            "svc/named.py": HEAD + "CONF.import_opt('parent', 'svc.sub')\n",
            "svc/loaded.py": "import importlib\nimportlib.import_module('svc.sub')\n",
        },
    )
    for module in ("svc.sub.inner", "svc.named", "svc.loaded"):
        assert registry.registers(module, "parent", "") is True, module
        assert registry.registers(module, "never", "") is False, module
    assert [one.option.name for one in registry.registered("svc.named")] == ["parent"]


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [
        ("debug", "", None),
        ("rabbit_host", "", None),
        ("connection", "database", None),
        ("anything", "oslo_messaging_rabbit", None),
        ("workers", "", False),
        ("workers", "api", False),
    ],
)
def test_options_of_libraries(
    name: str, group: str, expected: bool | None, tmp_path: Path
) -> None:
    registry = registry_for(tmp_path, {"svc/log.py": "import json\nfrom oslo_log import log\n"})
    assert registry.registers("svc.log", name, group) is expected
    if group:
        assert registry.registers_group("svc.log", group) is expected


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("sys", True),
        ("oslo_messaging", True),
        ("requests", True),
        ("eventlet", True),
        ("novaclient", True),
        ("meadow_common", False),
        ("os_ken", False),
    ],
)
def test_packages_of_which_it_is_known(package: str, expected: bool) -> None:
    assert known.is_known(package) is expected


def test_a_package_of_which_nothing_is_known(tmp_path: Path) -> None:
    registry = registry_for(tmp_path, {"svc/common.py": "import meadow_common\n"})
    assert registry.registers("svc.common", "workers", "") is None
    assert registry.registers_group("svc.common", "api") is None


@pytest.mark.parametrize("module", ["svc.nothing", "meadow", "svc.options.deeper"])
def test_modules_that_are_not_there(module: str, tmp_path: Path) -> None:
    registry = registry_for(tmp_path, {"svc/options.py": ""})
    assert registry.own(module) is None
    assert registry.registers(module, "workers", "") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("svc.nothing", True),
        ("svc.options.deeper", True),
        ("svc.space.nothing", False),
        ("svc.sub.nothing", True),
        ("svc.wide.nothing", False),
        ("svc", False),
        ("svc.options", False),
        ("svc.sub", False),
        ("svc.fast", False),
        ("svc.notes", True),
        ("svc.version", False),
        ("meadow.nothing", False),
        ("svc..nothing", False),
    ],
)
def test_names_of_no_module(name: str, expected: bool, tmp_path: Path) -> None:
    registry = registry_for(
        tmp_path,
        {
            "svc/options.py": "",
            "svc/space/inner.py": "",
            "svc/sub/__init__.py": "",
            "svc/notes.py.orig": "",
            "svc/wide/__init__.py": "__path__.append('/elsewhere')\n",
            "svc/fast.cpython-312-x86_64-linux-gnu.so": "",
        },
    )
    assert registry.is_missing(name) is expected
