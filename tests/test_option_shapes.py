"""Ways in which projects make, collect and register their options, as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_registry import found_in, registry_for, shown

SHAPES = {
    # lists of options
    "a list that may not be there": ("CONF.register_opts([cfg.Opt('x')] or [])", ["x"]),
    "an option in two branches": (
        (
            "import os\n"
            "opt = cfg.Opt('x') if os.name == 'nt' else cfg.Opt('y')\n"
            "CONF.register_opts([opt] if os.name else [])"
        ),
        ["?"],
    ),
    "lists in two branches": (
        (
            "import os\n"
            "opts = [cfg.Opt('x')] if os.name == 'nt' else [cfg.Opt('y')]\n"
            "CONF.register_opts(opts)"
        ),
        ["x", "y"],
    ),
    "a list that a function makes or not": (
        (
            "def f(extra):\n"
            "    if extra:\n"
            "        return [cfg.Opt('x')]\n"
            "    return None\n"
            "CONF.register_opts(f(CONF) or [])"
        ),
        ["x"],
    ),
    "a set": ("CONF.register_opts({cfg.Opt('x')})", ["x"]),
    "insert": ("a = []\na.insert(0, cfg.Opt('x'))\nCONF.register_opts(a)", ["x"]),
    "an item": ("a = [cfg.Opt('x'), cfg.Opt('y')]\nCONF.register_opt(a[1])", ["y"]),
    "an item that is not there": ("a = [cfg.Opt('x')]\nCONF.register_opt(a[3], 'api')", ["api.?"]),
    "a mapping of lists": (
        "a = {'api': [cfg.Opt('x')]}\nfor o in a.values():\n    CONF.register_opts(o)",
        ["x"],
    ),
    "the keys of a mapping": (
        (
            "a = {'api': [cfg.Opt('x')], 'core': [cfg.Opt('y')]}\n"
            "for g in a.keys():\n    CONF.register_opts(a[g], g)"
        ),
        ["api.x", "core.y"],
    ),
    "a mapping with get": (
        "a = dict(api=[cfg.Opt('x')])\nCONF.register_opts(a.get('api'), 'api')",
        ["api.x"],
    ),
    "a mapping that grows": (
        (
            "a = {}\na['api'] = [cfg.Opt('x')]\na.update({'core': [cfg.Opt('y')]})\n"
            "for g in a:\n    CONF.register_opts(a[g], g)"
        ),
        ["api.x", "core.y"],
    ),
    "a mapping that is computed": (
        "a = {n: cfg.Opt(n) for n in ('x', 'y')}\nCONF.register_opts(a.values())",
        ["x", "y"],
    ),
    "pairs": (
        (
            "a = [('api', [cfg.Opt('x')]), (None, [cfg.Opt('y')])]\n"
            "for group, opts in a:\n    CONF.register_opts(opts, group)"
        ),
        ["api.x", "y"],
    ),
    "a nested loop": (
        "CONF.register_opts([cfg.Opt(a + b) for a in ('x', 'y') for b in ('1', '2')])",
        ["x1", "x2", "y1", "y2"],
    ),
    "a mapping with another in it": (
        "a = {'api': [cfg.Opt('x')]}\nb = {**a}\nfor o in b.values():\n    CONF.register_opts(o)",
        ["?"],
    ),
    "a mapping with a default": (
        "a = {}\na.setdefault('api', [cfg.Opt('x')])\nCONF.register_opts(a['api'])",
        ["?"],
    ),
    "a list of a module that is not there": (
        "from svc.missing import opts\nCONF.register_opts(opts)",
        ["?"],
    ),
    "a list whose items change": (
        "a = [cfg.Opt('x')]\na[0] = cfg.Opt('y')\nCONF.register_opts(a)",
        ["?", "x"],
    ),
    "a list that one branch has": (
        "import os\na = None\nif os.name:\n    a = [cfg.Opt('x')]\nCONF.register_opts(a)",
        ["x"],
    ),
    "a list that one branch drops": (
        "import os\na = [cfg.Opt('x')]\nif os.name:\n    a = None\nCONF.register_opts(a)",
        ["x"],
    ),
    "a mapping of what cannot be told": (
        "import sys\na = dict(sys.argv)\nCONF.register_opts(a['api'], 'api')",
        ["api.?"],
    ),
    # names
    "a name in pieces": ("n = 'x'\nn += '_host'\nCONF.register_opt(cfg.Opt(n))", ["x_host"]),
    "a name that two branches agree on": (
        (
            "import os\nn = 'x'\nif os.name:\n    n = 'x'\nelse:\n    n = 'x'\n"
            "CONF.register_opt(cfg.Opt(n))"
        ),
        ["x"],
    ),
    "names of the command line": (
        "import sys\na, b = sys.argv\nCONF.register_opts([cfg.Opt(a), cfg.Opt(b)], 'api')",
        ["api.?"],
    ),
    "names made of what cannot be told": (
        (
            "import sys\na = sys.argv\n"
            "names = ['%s' % a, '{}'.format(a), '-'.join(a), 'x'.replace('x', a), f'{a}', a % 1]\n"
            "for n in names:\n    CONF.register_opt(cfg.Opt(n), 'api')"
        ),
        ["api.?"],
    ),
    "a name that is joined": ("CONF.register_opt(cfg.Opt('_'.join(['x', 'host'])))", ["x_host"]),
    "a name that is formatted": ("CONF.register_opt(cfg.Opt('{}_{n}'.format('x', n=1)))", ["x_1"]),
    "a name that is filled": ("CONF.register_opt(cfg.Opt('%(a)s_host' % {'a': 'x'}))", ["x_host"]),
    "a name in other letters": ("CONF.register_opt(cfg.Opt('X'.lower(), dest='Y'))", ["Y"]),
    "a name with a piece replaced": (
        "CONF.register_opt(cfg.Opt('a.b'.replace('.', '_')))",
        ["a_b"],
    ),
    "a name that does not fit its pattern": (
        "CONF.register_opt(cfg.Opt('%s%s' % 'x'), 'api')\n"
        "CONF.register_opt(cfg.Opt('{1}'.format('x')), 'api')",
        ["api.?"],
    ),
    "the name of another option": (
        "a = cfg.Opt('x')\nCONF.register_opt(cfg.Opt(a.name + '_older'))",
        ["x_older"],
    ),
    "a deprecated option": (
        "CONF.register_opt(cfg.Opt('x', deprecated_opts=[cfg.DeprecatedOpt(name='y')]))",
        ["x"],
    ),
    # groups
    "the group of a constant": (
        "import sys\ng = cfg.OptGroup(sys.argv[0])\nCONF.register_opt(cfg.Opt('x'), g.name)",
        ["?.x"],
    ),
    "two groups in one assignment": (
        (
            "a, b = cfg.OptGroup('api'), 'core'\n"
            "CONF.register_opt(cfg.Opt('x'), a)\nCONF.register_opt(cfg.Opt('y'), b)"
        ),
        ["api.x", "core.y"],
    ),
    "a computed keyword": (
        "CONF.register_opt(cfg.Opt('x'), **{'group': 'api'})",
        ["api.x"],
    ),
    "keywords that cannot be told": (
        "import sys\nCONF.register_opt(cfg.Opt('x'), **sys.argv)",
        ["?.x"],
    ),
    "a group that is computed": (
        (
            "import sys\nCONF.register_group(cfg.OptGroup(sys.argv[0]))\n"
            "CONF.register_opt(cfg.Opt('x'))"
        ),
        ["x"],
    ),
    # functions
    "functions that register nothing more": (
        (
            "from oslo_log import log\n"
            "CONF.register_opt(cfg.Opt('x'))\nprint(CONF)\nlog.setup(CONF, 'svc')"
        ),
        ["x"],
    ),
    "a function with what is left over": (
        (
            "def f(conf, *opts, **kwargs):\n"
            "    conf.register_opts(opts, **kwargs)\n"
            "f(CONF, cfg.Opt('x'), cfg.Opt('y'), group='api')"
        ),
        ["api.x", "api.y"],
    ),
    "a function with keywords alone": (
        (
            "def f(conf, *, name='x', group):\n"
            "    conf.register_opt(cfg.Opt(name), group=group)\n"
            "f(CONF, group='api')"
        ),
        ["api.x"],
    ),
    "a function that gets what cannot be told": (
        "import sys\ndef f(a=1):\n    CONF.register_opt(cfg.Opt('x'))\nf(*sys.argv)",
        ["x"],
    ),
    "a lambda": ("f = lambda n: cfg.Opt(n)\nCONF.register_opt(f('x'))", ["x"]),
    "a method of a class": (
        (
            "class Options:\n"
            "    def names(self):\n"
            "        return ['x']\n"
            "    @staticmethod\n"
            "    def options(name):\n"
            "        return [cfg.Opt(name)]\n"
            "    @classmethod\n"
            "    def register(cls, conf):\n"
            "        conf.register_opts(Options.options('y'))\n"
            "Options.register(CONF)"
        ),
        ["y"],
    ),
    "a function within a function": (
        ("def f():\n    def g(conf):\n        conf.register_opt(cfg.Opt('x'))\n    g(CONF)\nf()"),
        ["x"],
    ),
    "a function that calls itself": (
        "def f():\n    CONF.register_opt(cfg.Opt('x'))\n    f()\nf()",
        ["x"],
    ),
    "a global name": (
        "opts = []\ndef f():\n    global opts\n    opts = [cfg.Opt('x')]\nf()\n"
        "CONF.register_opts(opts)",
        ["x"],
    ),
    "a class of options of the project": (
        (
            "class BaseOpt(cfg.StrOpt):\n    pass\n"
            "class HostOpt(BaseOpt):\n    pass\n"
            "CONF.register_opt(HostOpt('x'))"
        ),
        ["x"],
    ),
    "a decorated class": (
        (
            "import functools\n"
            "@functools.total_ordering\n"
            "class Driver(object):\n"
            "    CONF.register_opt(cfg.Opt('x'))\n"
            "    class Inner:\n"
            "        CONF.register_opt(cfg.Opt('y'))"
        ),
        ["x", "y"],
    ),
    # statements
    "not": ("if not False:\n    CONF.register_opt(cfg.Opt('x'))", ["x"]),
    "with": ("with open('a') as f, f as g:\n    CONF.register_opt(cfg.Opt('x'))", ["x"]),
    "while": ("import os\nwhile os.name:\n    CONF.register_opt(cfg.Opt('x'))\n    break", ["x"]),
    "match": (
        (
            "import os\n"
            "match os.name:\n"
            "    case 'nt':\n        CONF.register_opt(cfg.Opt('x'))\n"
            "    case _:\n        CONF.register_opt(cfg.Opt('y'))"
        ),
        ["x", "y"],
    ),
    "assert": ("assert CONF.register_opt(cfg.Opt('x')) is None, 'said'", ["x"]),
    "an annotation": ("opts: list[cfg.Opt] = [cfg.Opt('x')]\nCONF.register_opts(opts)", ["x"]),
    "finally": (
        (
            "try:\n    import fast\n"
            "except ImportError:\n    raise SystemExit\n"
            "else:\n    CONF.register_opt(cfg.Opt('x'))\n"
            "finally:\n    CONF.register_opt(cfg.Opt('y'))"
        ),
        ["x", "y"],
    ),
    "type checkers alone": (
        (
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    CONF.register_opt(cfg.Opt('x'))\n"
            "else:\n    CONF.register_opt(cfg.Opt('y'))"
        ),
        ["y"],
    ),
    "the end of the module": ("raise SystemExit\nCONF.register_opt(cfg.Opt('x'))", []),
    "a list grows by what cannot be told": (
        "import sys\nopts = [cfg.Opt('x')]\nopts += sys.argv\nCONF.register_opts(opts, 'api')",
        ["api.?", "api.x"],
    ),
    "an attribute grows": ("CONF.opts = []\nCONF.opts += [cfg.Opt('x')]", []),
    "in a loop over what cannot be told": (
        "import sys\nfor a in sys.argv:\n    CONF.register_opt(cfg.Opt('x'))",
        ["x"],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str, tmp_path: Path) -> None:
    text, expected = SHAPES[name]
    found = found_in(tmp_path, text)
    assert found.unread == ""
    assert shown(found) == expected


UNREAD = {
    "an option in two branches": (
        "import os\nopt = cfg.Opt('x')\nif os.name:\n    opt = cfg.Opt('y')\n"
        "CONF.register_opt(opt, os.name)"
    ),
    "a class whose base registers": (
        "class Base:\n    def __init__(self):\n        CONF.register_opt(cfg.Opt('x'))\n"
        "class Settings(Base):\n    pass\nSettings()"
    ),
    "a class that registers": (
        "class Settings:\n    def f(self):\n        CONF.register_opt(cfg.Opt('x'))\nSettings()"
    ),
    "a function within a function that something else gets": (
        "import meadow\n"
        "def f():\n"
        "    def g(conf):\n"
        "        conf.register_opt(cfg.Opt('x'))\n"
        "    meadow.each(g)\n"
        "f()"
    ),
    "too many rounds": (
        "a = [" + "1, " * 300 + "]\n"
        "for i in a:\n    for j in a:\n        CONF.register_opt(cfg.Opt('x'))"
    ),
    "columns": (
        "for n, g in zip(('x', 'y'), ('a', 'b')):\n    CONF.register_opt(cfg.Opt(n), group=g)"
    ),
    "too long a list": "a = [1]\n" + "a = a + a\n" * 24 + "CONF.register_opts(a)",
    "an import by a computed name": "import sys\n__import__(sys.argv[1])",
    "an import of a computed class": (
        "import sys\nfrom oslo_utils import importutils\nimportutils.import_class(sys.argv[1])"
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_shape_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, UNREAD[name]).unread


def test_options_of_other_modules(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        """
        import importlib
        import svc.names
        from svc import names as n, rest
        from svc.rest import options as api_options, Driver

        CONF.register_opts(api_options, n.GROUP)
        CONF.register_opts(getattr(rest, "more"), Driver.GROUP)
        for name in ("core",):
            module = importlib.import_module("svc." + name)
            module.register(CONF)
        other = __import__("svc.names")
        CONF.register_opt(cfg.Opt("x"), other.names.GROUP)
        """,
        rest=(
            "from oslo_config import cfg\n"
            "options = (cfg.Opt('host'),)\nmore = [cfg.Opt('port')]\n"
            "class Driver:\n    GROUP = 'driver'\n"
        ),
        core=(
            "from oslo_config import cfg\n"
            "def register(conf):\n    conf.register_opt(cfg.Opt('workers'), 'core')\n"
        ),
        names="GROUP = 'api'\n",
    )
    assert found.unread == ""
    assert shown(found) == ["api.host", "api.x", "core.workers", "driver.port"]
    assert {"svc.core", "svc.names", "svc.rest"} <= set(found.imports)


def test_what_an_import_by_name_brings(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        """
        from oslo_utils import importutils

        CONF.import_group("api", "svc.api")
        importutils.import_object("svc.core.Engine")
        """,
    )
    assert {"svc.api", "svc.core"} <= set(found.imports)


def test_options_of_a_library_are_imported(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        """
        from oslo_db import options

        CONF.register_opts(options.database_opts, "database")
        CONF.register_opts(options.database_opts)
        """,
    )
    assert found.unread == ""
    assert found.open_groups == {"database"}
    assert "oslo_db" in found.imports


def test_names_that_modules_hand_on(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        """
        from ... import nothing
        from svc import facade

        CONF.register_opts(facade.opts, "api")
        CONF.register_opts(facade.circle, "core")
        """,
        facade="from svc.inner import opts\nfrom svc.round import circle\n",
        inner="from oslo_config import cfg\nopts = [cfg.Opt('x')]\n",
        round="from svc.facade import circle\n",
    )
    assert shown(found) == ["api.x", "core.?"]


def test_what_is_not_known_of_a_module(tmp_path: Path) -> None:
    registry = registry_for(
        tmp_path,
        {
            "svc/groups.py": (
                "import sys\nfrom oslo_config import cfg\n"
                "cfg.CONF.register_opt(cfg.Opt('x'), group='api')\n"
                "cfg.CONF.register_opt(cfg.Opt('y'), group=sys.argv[0])\n"
            ),
            "svc/unread.py": "import sys\n__import__(sys.argv[0])\n",
        },
    )
    assert registry.registers_group("svc.groups", "api") is True
    assert registry.registers_group("svc.groups", "core") is None
    assert registry.registers("svc.groups", "y", "core") is True
    assert registry.registers("svc.groups", "z", "core") is False
    assert registry.registers("svc.unread", "x", "") is None


def test_projects_of_very_many_modules(tmp_path: Path) -> None:
    many = {f"svc/m{at}.py": f"import svc.m{at + 1}\n" for at in range(1600)}
    registry = registry_for(tmp_path, many)
    assert registry.registers("svc.m0", "x", "") is None
