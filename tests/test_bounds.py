"""No program makes the review hang: what would grow without end is cut off."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import harness
import pytest
from fuzz.attack import Attack

from flake8_launcher.settings.model import Declaration
from flake8_launcher.settings.readers import refusals
from flake8_launcher.settings.readers.names import Names

SECONDS = 8
"""CPU time that one file may take; what has no bound takes minutes. A busy machine needs twice the
time of a quiet one."""

MEGABYTES = 500

HEAD = """\
import eventlet
import uvicorn
from oslo_config import cfg

CONF = cfg.CONF


def main():
    f0()
    uvicorn.run("svc.api:app")


"""


def repeat(template: str, stop: int, start: int = 0) -> str:
    """Return a text once for each number, which it may use with its neighbours."""
    numbers = range(start, stop)
    return "".join(template.format(n=n, before=n - 1, after=n + 1, stop=stop) for n in numbers)


FAN = repeat("def f{n}(x=None):\n    f{after}(x)\n    f{after}([x])\n", 40)

PROGRAMS = {
    "each function calls the next twice": FAN + "def f40(x):\n    eventlet.monkey_patch()\n",
    "each function calls all": "".join(
        f"def f{number}():\n" + repeat("    f{n}()\n", 60) for number in range(60)
    ),
    "a value is doubled": "x = [1]\n" + "x = x + x\n" * 200 + "def f0():\n    return x\n",
    "a folder of the search path is doubled": "import os\nimport sys\nx = 'aaaaaaaa'\n"
    + "x = x + x\ny = os.path.join(x, x)\n" * 60
    + "sys.path.append(x)\nsys.path.append(y)\nimport other\n"
    + "def f0():\n    other.run()\n",
    "a pair is nested": "x = 1, 2\n" + "x = x, x\n" * 200 + "def f0():\n    return x\n",
    "a name has many values": "x0 = 1\n"
    + repeat("if x0:\n    x{n} = x{before}\nelse:\n    x{n} = [x{before}]\n", 300, 1)
    + "def f0():\n    x299()\n",
    "functions call each other": "def f0():\n    f1()\ndef f1():\n    f0()\n",
    "a function calls itself": "def f0(*x):\n    f0(f0)\n    f0(*x, f0)\n    f0(*x)(f0)\n",
    "bases are circular": "class A(B): ...\nclass B(A): ...\ndef f0():\n    A().run()\n",
    "bases form diamonds": "class A0: ...\nclass B0: ...\n"
    + repeat("class A{n}(A{before}, B{before}): ...\nclass B{n}(A{n}, B{before}): ...\n", 40, 1)
    + "def f0():\n    A39().run()\n",
    "a decorator calls twice": "def d(f):\n    def w():\n        f()\n        f()\n    return w\n"
    + "@d\n" * 40
    + "def f0():\n    eventlet.monkey_patch()\n",
    "closures call twice": "def f0():\n    x = lambda: eventlet.monkey_patch()\n"
    + "    x = (lambda y: lambda: (y(), y()))(x)\n" * 60
    + "    x()\n",
    "names are circular": "x = y\ny = x\nx = x.y\ny = y()\ndef f0():\n    x()\n",
    "many entry functions": repeat("def g{n}():\n    f0()\n", 2_000)
    + "def f0():\n    uvicorn.run('svc.api:app')\n",
    "many methods": "class A:\n"
    + "".join(
        f"    def m{n}(self):\n        self.x{n} = self.m{n * 7 % 400}()\n"
        f"        return self.m{(n * 3 + 1) % 400}()\n"
        for n in range(400)
    )
    + "def f0():\n    A().m1()\n",
    "a table of functions that use it": "T = {"
    + repeat("'{n}': f{n}, ", 300)
    + "}\n"
    + repeat("def f{n}(x=None):\n    T[x](x)\n", 300),
    "handlers that name what nothing defines": "def f0():\n"
    + repeat("    try:\n        f{n}()\n    except ValueError:\n        print(x{n})\n", 1_500),
    "a try with many handlers": "def f0():\n    try:\n"
    + repeat("        f{n}()\n        if x: raise E{n}()\n", 800)
    + repeat("    except E{n}:\n        raise RuntimeError(x)\n", 800),
    "many calls": "def f0():\n" + "    eventlet.sleep(0)\n" * 20_000,
    "many threads with loops": "import requests, threading\n"
    + repeat("def g{n}():\n    while True:\n        requests.get(x)\n", 1_200)
    + "def f0():\n"
    + repeat("    threading.Thread(target=g{n}, daemon=True).start()\n", 1_200),
    "many handlers that set flags": "import signal\n"
    + repeat("def g{n}(*x):\n    global y{n}\n    y{n} = False\n", 1_000)
    + "def f0():\n"
    + repeat("    signal.signal(signal.SIGTERM, g{n})\n", 1_000),
    "many applications in a text": 'x = """\n'
    + "app = Flask()\n@kopf.on.event\n" * 20_000
    + '"""\ndef f0(): ...\n',
    "many servers that are stopped": "import threading\nfrom http.server import HTTPServer\n"
    "def f0():\n"
    + repeat(
        "    s{n} = HTTPServer(('', {n}), None)\n"
        "    threading.Thread(target=s{n}.serve_forever).start()\n    s{n}.shutdown()\n",
        400,
    ),
    "many threads before forks": "import os, threading\ndef f0():\n"
    + repeat("    threading.Thread(target=x{n}).start()\n    os.fork()\n", 2_500),
    "many processes that are waited for": "import multiprocessing\n"
    + "def g():\n    uvicorn.run('svc.api:app')\ndef f0():\n"
    + repeat("    x = multiprocessing.Process(target=g)\n    x.start()\n    x.join()\n", 700),
    "many waits": "import threading\ndef f0():\n"
    + repeat("    x{n} = threading.Event()\n    x{n}.wait()\n", 1_500),
    "many files in handlers": "import json, sys\ndef f0():\n"
    + repeat(
        "    try:\n        x = json.load(open(sys.argv[{n}]))\n"
        "    except FileNotFoundError:\n        return\n",
        1_200,
    ),
    "many imports of what may be served": "import fastapi\napp = fastapi.FastAPI()\n"
    + repeat("from g{n} import app\n", 3_000)
    + "run(x)\n" * 3_000
    + "def f0(): ...\n",
    "many masks": "import os\ndef f0():\n" + repeat("    os.umask(0)\n", 500),
    "many threads that are stopped after some time": "import requests, threading, time\n"
    "class W(threading.Thread):\n    def run(self):\n        while True:\n"
    "            requests.get('x')\n            time.sleep(1)\n"
    "    def stop(self):\n        self.x = 1\ndef f0(): ...\nif __name__ == '__main__':\n"
    + repeat("    t{n} = W()\n    t{n}.start()\n", 900)
    + "    time.sleep(5)\n"
    + repeat("    t{n}.stop()\n", 900),
    "logging that is set up often": "import sys\nfrom oslo_log import log\ndef f0():\n"
    + "    log.setup(CONF, 'a')\n" * 2_000
    + "    CONF(sys.argv[1:])\n"
    + "    if x:\n        log.setup(CONF, 'a')\n" * 2_000,
    "a job that is added often": "import schedule\nimport threading\ndef job():\n"
    + repeat("    x{n} = {n}\n", 3_000)
    + "def loop():\n    while True:\n        schedule.run_pending()\n"
    + "def f0():\n"
    + "    schedule.every(1).minutes.do(job)\n" * 3_000
    + "    threading.Thread(target=loop).start()\n",
    "many mappings that are shown, and changed": "import yaml\ndef f0():\n"
    + "    config = yaml.safe_load(open('config.yaml'))\n"
    + repeat("    config['a{n}']['b'] = 1\n    print(config)\n", 1_500),
    "many tasks that are gathered": "import asyncio\nasync def w():\n    while True:\n"
    "        await x()\nasync def main():\n"
    + "    await asyncio.gather(w(), w(), return_exceptions=True)\n" * 1_700
    + "asyncio.run(main())\ndef f0(): ...\n",
    "secrets beside options": "from oslo_config import cfg\n"
    + repeat("A{n}_PASSWORD = 'Zx{n}y'\n", 8_000)
    + "def f0(): ...\n",
}


@pytest.fixture(scope="module", name="attack")
def start_attack() -> Iterator[Attack]:
    with Attack(SECONDS, MEGABYTES) as attack:
        yield attack


def check(attack: Attack, path: Path) -> list[str]:
    """Check a file in a process of its own, which must keep its promises; return the reports."""
    outcome = attack.fresh.check(path.parent, [path.name])
    assert not [*attack.faults(outcome)]
    (checked,) = outcome.checked
    assert not checked.skipped
    return [f"{message[:5]}:{line}" for line, _, message in checked.reports]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_grows(attack: Attack, tmp_path: Path, name: str) -> None:
    path = tmp_path / "launcher.py"
    path.write_text(HEAD + PROGRAMS[name], encoding="utf-8")
    check(attack, path)


def test_many_lines_that_import_a_module_which_may_only_be_tried(
    attack: Attack, tmp_path: Path
) -> None:
    path = tmp_path / "device.py"
    loop = "    while True:\n        print(1)\n        time.sleep(1)\n"
    block = "if __name__ == '__main__':\n    go()\n"
    path.write_text(f"import time\nclass A: ...\ndef go():\n{loop}{block}", encoding="utf-8")
    (tmp_path / "other.py").write_text("from device import A\n" * 44_000, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    check(attack, path)


TWICE = {
    "what a class has": "class A0: x = eventlet\n"
    + repeat("class A{n}: x = (A{before}.x, A{before}.x)\n", 40, 1)
    + "def f0():\n    print(A39.x)\n",
    "what a method sets": "class A0:\n    def f(self): self.x = 1\n"
    + repeat(
        "b{before} = A{before}()\nclass A{n}:\n"
        "    def f(self): self.x = (b{before}.x, b{before}.x)\n",
        40,
        1,
    )
    + "def f0():\n    print(A39().x)\n",
    "what a property gives": "class A0: x = 1\n"
    + repeat(
        "class A{n}:\n    @property\n    def x(self): return A{before}().x, A{before}().x\n", 40, 1
    )
    + "def f0():\n    print(A39().x)\n",
    "a default": "def g0(x=1): return x\n"
    + repeat("def g{n}(x=(g{before}(), g{before}())): return x, x\n", 40, 1)
    + "def f0():\n    g39()\n",
    "arguments": "def f0():\n    def g(*x): return x\n    x = [1, 2]\n"
    + "    x = g(*x, *x)\n" * 40
    + "    g(**{str(x): 1})\n",
    "arguments through decorators": "def d(f):\n    def g(*x): return f(*x, *x)\n    return g\n"
    + "@d\n" * 40
    + "def g(*x): return x\ndef f0():\n    g(1, 2)\n",
    "a partial": "import functools\ndef f0():\n    x = functools.partial(print, 1)\n"
    + "    x = functools.partial(x, x, x, k=x)\n" * 40
    + "    x(x, x)\n",
    "a dictionary": "def f0():\n    x = {'a': 1}\n"
    + "    x = {**x, **x, 'b': x, **dict(x=x)}\n" * 40
    + "    print(x['b'], {**x} | x)\n",
    "either of two equal values": "import sys\ndef f0():\n    x = y = [1, 1]\n"
    + "    x = [x, x]\n    y = [y, y]\n" * 40
    + "    z = x if sys.argv else y\n    open(z)\n    __import__(z)\n",
    "bits": "import os\ndef f0():\n    x = CONF.mode | 1\n"
    + "    x = x | x\n" * 40
    + "    os.chmod('/x', x)\n    os.umask(x)\n",
    "paths in lists": "import os\ndef f0():\n    x = [CONF.x, 'x'] * 2\n"
    + "    x = [x, x, os.path.join('a', x[0])]\n" * 40
    + "    open(x)\n    __import__(x)\n    os.chmod(x, 0o777)\n",
    "a text": "def f0():\n    x = ['ab']\n"
    + "    x = [''.join(x), f'{x[0]}{x[0]}', '%s%s' % (x[0], x[0])] + x\n" * 40
    + "    __import__(x[0])\n",
    "what formats what formats": "def f0():\n    x = '{}{}'\n    y = x"
    + ".format(x, x)" * 60
    + "\n    __import__(y)\n",
    "conditions": "x0 = y0 = 1, 1\n"
    + repeat("x{n} = x{before}, x{before}\ny{n} = y{before}, y{before}\n", 40, 1)
    + "if x39 == y39:\n    import one\ndef f0(): ...\n",
    "lists of options": "x = [cfg.StrOpt('a')]\n"
    + "x += x\n" * 40
    + "CONF.register_opts(x)\ndef f0():\n    print(CONF.a)\n",
    "what astroid is asked": "class C:\n    def go(self): ...\nx0 = C()\n"
    + repeat("x{n} = x{before} or (x{before} if CONF else x{before})\n", 40, 1)
    + "def f0():\n    x39.go()\n",
}
"""Programs in which each value is twice in the next."""

LARGE = {
    "widths": "def f0():\n    __import__('{:>2000000000}'.format(1))\n"
    "    __import__(f'{1:2000000000}')\n    __import__('%2000000000d' % 1)\n"
    "    __import__('%*d' % (2000000000, 1))\n    __import__('%.2000000000f' % 1.0)\n",
    "a number": f"def f0(x=0x{'f' * 20_000}):\n    __import__(f'{{x}}')\n    print('%d' % x)\n",
    "a name": f"def f0(x=CONF):\n{'    x = x.' + 'n' * 100_000}\n" + "    x = x.x\n" * 5_000,
    "what astroid would compute": "class C:\n    def go(self): ...\n"
    "(9 ** 99999 ** 9).x = 1\ny = 'a' * 10 ** 10\ndef f0():\n    ('a' * 10 ** 10).go()\n"
    "    (1 << 10 ** 10).go()\n    ('%2000000000d' % 1).go()\n"
    "    '{:>2000000000}'.format(1).go()\n    y.go()\n",
    "exits": "import sys\ndef f0():\n" + "    print(1) and sys.exit()\n    sys.exit\n" * 2_000,
    "handlers": "def f0():\n"
    + repeat("    try:\n        x{n} = f()\n    except Exception:\n        print(x{n})\n", 1_500),
    "loops that go on after what fails": "def f0():\n"
    + "    while True:\n        try:\n            g()\n        except Exception:\n"
    "            continue\n" * 10_000,
    "modules that may not be there": repeat(
        "try:\n    import a{n}\nexcept ImportError:\n    a{n} = None\n", 10_000
    )
    + "def f0(): ...\n",
    "a class with many methods": f"class {'C' * 400_000}:\n"
    + repeat("    def m{n}(self): self.m{after}()\n", 8_000)
    + "def f0(): ...\n",
    "functions that bind names of the module": repeat(
        "def h{n}():\n    global a{n}, b{n}\n    a{n} = 1\n", 8_000
    )
    + "def f0():\n"
    + repeat("    h{n}()\n", 8_000),
    "functions that exit": "import sys\n"
    + repeat("def e{n}():\n    sys.exit({n})\n", 10_000)
    + "def f0():\n"
    + repeat("    e{n}()\n", 10_000),
    "names of an import": f"from m import ({', '.join(f'a{n} as b{n}' for n in range(20_000))})\n"
    + repeat("import x{n} as y{n}\n", 3_000)
    + "def f0(): b1()\n",
    "calls in a text": f'def f0():\n    """{"simplefilter(" * 30_000}"""\n'
    f"    x = 'Opt(\"{'pass' * 100_000}'\n",
    "texts of options": f"X = '{'x' * 9_000}'\n"
    "CONF.register_opt(cfg.StrOpt(X.replace('x', X)))\n"
    f"CONF.register_opt(cfg.StrOpt('a', default={' + '.join(['X'] * 500)}))\n"
    "CONF.register_opt(cfg.StrOpt('{:>2000000000}'.format('a')))\n"
    "def f0():\n    print(CONF.a)\n",
    "what an import runs": "def g():\n"
    + "    h()\n" * 2_000
    + "def h():\n"
    + "    import one\n" * 2_000
    + "g()\n" * 2_000
    + "def f0(): ...\n",
}
"""Programs of which one line would need much time or memory, or every line as much as the rest."""


@pytest.mark.parametrize("name", [*TWICE, *LARGE])
def test_a_value_that_grows(attack: Attack, tmp_path: Path, name: str) -> None:
    path = tmp_path / "launcher.py"
    path.write_text(HEAD + (TWICE | LARGE)[name], encoding="utf-8")
    check(attack, path)


@pytest.mark.parametrize(
    "code", ["'{0.__init__}'.format('x')", "'%r' % print", "f'{print!r}'", "'{!r}'.format(print)"]
)
def test_python_formats_nothing(tmp_path: Path, code: str) -> None:
    text = f"{HEAD}def f0():\n    CONF.import_opt('x', {code})\n"
    harness.configure(["--select=LS"])
    reports = harness.check(text, str(tmp_path / "launcher.py"))
    assert not any("0x" in report.text for report in reports)


FOLLOWED_HEAD = """\
import eventlet
import uvicorn

from svc import chain


def main():
    eventlet.monkey_patch()
    chain.f0()
    uvicorn.run("svc.api:app")
"""
"""A launcher that calls ``f0`` of another module between a patch and the serve call."""


def module(body: str) -> dict[str, str]:
    """Return the files of a project whose module ``svc.chain`` has some text."""
    return {"svc/__init__.py": "", "svc/chain.py": "import eventlet\n" + body}


def spread(bodies: Iterable[str]) -> dict[str, str]:
    """Return modules ``svc.m0``, ``svc.m1`` and so on, and ``svc.chain`` as the way in."""
    files = {f"svc/m{number}.py": body for number, body in enumerate(bodies)}
    return {**module("from svc.m0 import f0\n"), **files}


def called(count: int, times: int = 1) -> Iterator[str]:
    """Yield modules whose functions call the next module's, the last the first's."""
    for number in range(count):
        after = (number + 1) % count
        yield (
            f"from svc import m{after}\n\n\ndef f{number}(x=None):\n"
            + f"    m{after}.f{after}(x)\n" * times
        )


FOLLOWED = {
    "a thousand modules, each calling the next": spread(called(1_000)),
    "a thousand modules, each calling the next twice": spread(called(1_000, 2)),
    "a thousand modules, all imported by one": spread(
        [
            "".join(f"from svc import m{number}\n" for number in range(1, 1_000))
            + "def f0():\n"
            + repeat("    m{n}.f()\n", 1_000, 1)
        ]
        + ["import eventlet\n\n\ndef f():\n    eventlet.sleep(0)\n"] * 999
    ),
    "a thousand modules, each importing all": spread(
        ["import eventlet.patcher\n" + repeat("from svc.m{n} import f{n}\n", 1_000)] * 1_000
    ),
    "a thousand modules, each patching and importing the next": spread(
        f"from svc import m{number + 1}\nimport eventlet\neventlet.monkey_patch()\n"
        for number in range(1_000)
    ),
    "a thousand packages inside each other's imports": {
        **module("from svc.p0 import f0\n"),
        **{
            f"svc/p{number}/__init__.py": f"from svc.p{number + 1} import f{number + 1} "
            f"as f{number}\n"
            for number in range(1_000)
        },
    },
    "names go round through modules": spread(
        ["from svc.m1 import f0\n", "from svc.m2 import f0\n", "from svc.m0 import f0\n"]
    ),
    "bases go round through modules": spread(
        [
            "from svc import m1\n\n\nclass A(m1.B): ...\n\n\ndef f0():\n    A().run()\n",
            "from svc import m0\n\n\nclass B(m0.A): ...\n",
        ]
    ),
    "a chain of 800 calls": module(repeat("def f{n}():\n    f{after}()\n", 800)),
    "a chain of 800 methods": module(
        "class A:\n"
        + repeat("    def m{n}(self):\n        return self.m{after}()\n", 800)
        + "def f0():\n    A().m0()\n"
    ),
    "a chain of 800 calls across modules": spread(called(800)),
    "an expression of 800 calls": module("def f0(x=None):\n    x" + ".y()" * 800 + "\n"),
    "a call of 90 calls of calls": module("def f0(x=id):\n    " + "x(" * 90 + ")" * 90 + "\n"),
    "800 branches": module(
        "def f0(x=None):\n    if x:\n        pass\n"
        + repeat("    elif x == {n}:\n        x = f0({n})\n", 800)
    ),
    "800 branches at the top": module(
        "x = 0\nif x is None:\n    f0 = id\n"
        + repeat("elif x == {n}:\n    def f0(): eventlet.sleep(0)\n", 800)
    ),
    "branches inside each other": module(
        "def f0(x=None):\n"
        + "".join("    " * depth + "if x:\n" for depth in range(1, 60))
        + "    " * 60
        + "f0(x)\n"
        + "".join(
            "    " * depth + "else:\n" + "    " * (depth + 1) + "f0(x)\n" for depth in (9, 1)
        )
    ),
    "a sum of 900 terms": module("def f0(x=1):\n    return x" + " + x" * 900 + "\n"),
    "a text of 900 parts": module("X = 'a'" + " + 'a'" * 900 + "\ndef f0():\n    return X\n"),
    "a comparison of 900 values": module("def f0(x=1):\n    return x" + " < x" * 900 + "\n"),
    "1,000 attributes": module(
        "class A:\n    def __init__(self):\n"
        + repeat("        self.x{n} = self\n", 1_000)
        + "def f0():\n    a = A()\n"
        + repeat("    a.x{n}.x{n}.x{n}()\n", 1_000)
    ),
    "an attribute of 1,000 attributes": module("def f0(x=None):\n    x" + ".y" * 1_000 + "\n"),
    "a value is doubled forty times": module(
        "x = [eventlet]\n" + "x = x + x\n" * 40 + "def f0():\n    for y in x:\n        y.sleep()\n"
    ),
    "a value is doubled forty times in a function": module(
        "def f0(x=(1, 2)):\n" + "    x = x + x\n" * 40 + "    return [y for y in x for z in x]\n"
    ),
    "a text is doubled forty times": module(
        "x = 'ab'\n" + "x = x + x\n" * 40 + "y = x * 2 ** 40\ndef f0():\n    __import__(x)\n"
    ),
    "numbers that grow": module("X = 9 ** 9 ** 9\nY = '%0999999999d' % 1\ndef f0(x=X): ...\n"),
    "forms that grow": module(
        "def f0():\n    return f'{1:999999999}' + '{:999999999}'.format(1)\n"
    ),
    "a table is doubled": module(
        "t = {'a': f0}\n" + "t = {'a': t, 'b': t, **t}\n" * 40 + "def f0():\n    t['a']['a']()\n"
    ),
    "choices are multiplied": module(
        repeat("def g{n}(x=None):\n    return [g{n}, g{after}][x]\n", 40)
        + "def f0(x=None):\n    return g0(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)\n"
    ),
    "metaclasses": module(
        "class M(type):\n    def __call__(cls, *x):\n        return cls(*x)\n"
        "    def __getattr__(cls, name):\n        return getattr(cls, name)\n"
        "    def __prepare__(name, bases):\n        return M(name, bases, {})\n"
        "    def __mro_entries__(self, bases):\n        return (A, B)\n"
        "class A(metaclass=M):\n    def run(self):\n        return A(self).run().run()\n"
        "class B(A, metaclass=lambda *x: A(*x)):\n    run = property(lambda self: self.run)\n"
        "C = M('C', (A, B), {'run': A.run})\nclass D(C, type('E', (C,), {})):\n"
        "    def __new__(cls):\n        return D()\n    __init__ = __new__\n"
        "M.__class__ = M\nA.__bases__ = (B,)\nB.__bases__ = (A,)\n"
        "def f0():\n    D().run()\n    B().run.run()\n    C().run()\n    M.run()\n"
    ),
    "a class that is its own attribute": module(
        "class A:\n    def __getattr__(self, name):\n        return getattr(self, name)\n"
        "    @property\n    def x(self):\n        return self.x.x\n"
        "    def __call__(self):\n        return self()()\n"
        "    __enter__ = __exit__ = __call__\nA.a = A\nA.b = A()\n"
        "def f0():\n    with A() as a, a.x as b:\n        b.a.a.b.b.x()\n"
    ),
    "decorators decorate themselves": module(
        "@f0\ndef f0(x=None):\n    return f0(f0)\n@g\n@f0\ndef g(x):\n    @g\n"
        "    def h():\n        return g(h)\n    return h\n"
    ),
    "a context manager is inside itself": module(
        "import contextlib\n@contextlib.contextmanager\ndef c():\n    with c() as x, c():\n"
        "        yield x\n        yield\ndef f0():\n    with c(), c(), c(), c():\n        f0()\n"
    ),
    "a generator of generators": module(
        "def g():\n    yield from g()\n    yield from (g() for x in g() for y in g())\n"
        "def f0():\n    for x in g():\n        for y in x:\n            f0()\n"
    ),
    "a long line": module("x = [" + "f0, " * 200_000 + "]\ndef f0():\n    x[0]()\n"),
    "a long string": module("x = '" + "patch_all " * 95_000 + "'\ndef f0():\n    return x\n"),
    "many strings": module("x = (" + "'.patch_all'\n" * 70_000 + ")\ndef f0():\n    return x\n"),
    "deep brackets": module(
        "x = " + "[" * 90 + "f0" + "]" * 90 + "\ndef f0():\n    x" + "[0]" * 90
    ),
    "a lambda of lambdas": module("f0 = " + "lambda: " * 90 + "f0()()\n"),
    "many star imports": module("from svc.chain import *\n" * 5_000 + "def f0(): ...\n"),
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_module_that_grows(attack: Attack, tmp_path: Path, name: str) -> None:
    harness.write(tmp_path, {**FOLLOWED[name], "svc/cmd.py": FOLLOWED_HEAD})
    assert check(attack, tmp_path / "svc" / "cmd.py") == ["LS201:2", "LS101:8", "LS103:10"]


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_module_that_grows_is_checked_itself(attack: Attack, tmp_path: Path, name: str) -> None:
    text = FOLLOWED[name]["svc/chain.py"] + "\nimport uvicorn\n\nuvicorn.run(f0())\n"
    harness.write(tmp_path, {**FOLLOWED[name], "svc/chain.py": text})
    check(attack, tmp_path / "svc" / "chain.py")


def test_a_module_that_only_calls_another_is_followed_as_far(
    attack: Attack, tmp_path: Path
) -> None:
    """What it leads to is told in the other."""
    body = repeat("    print({n})\n", 4_000)
    files = {
        "svc/__init__.py": "",
        "svc/main.py": f"import uvicorn\n\n\ndef main():\n{body}    uvicorn.run('svc.api:app')\n",
        "svc/__main__.py": "from svc.main import main\n\nmain()\n",
    }
    harness.write(tmp_path, files)
    assert check(attack, tmp_path / "svc" / "__main__.py") == []
    assert check(attack, tmp_path / "svc" / "main.py") == ["LS103:4005"]


def test_the_end_of_a_module_that_leads_far_is_followed(attack: Attack, tmp_path: Path) -> None:
    """However much others do before, its own statements have their turn."""
    steps = repeat("    x.step{n}()\n", 60)
    calls = repeat("    if x.is{n}:\n        work.f{n}(x)\n", 100)
    files = {
        "svc/__init__.py": "",
        "svc/work.py": repeat("def f{n}(x):\n" + steps, 100),
        "svc/main.py": "import uvicorn\nfrom svc import work\n\n\n"
        f"def main(x):\n{calls}    uvicorn.run('svc.api:app')\n\n\n"
        "if __name__ == '__main__':\n    main(None)\n",
    }
    harness.write(tmp_path, files)
    assert check(attack, tmp_path / "svc" / "main.py") == ["LS103:206"]


def works(name: str, root: str, stop: int) -> str:
    """Return a function that calls others, of which each does much."""
    steps = repeat("    x.step{n}()\n", 60)
    calls = repeat(f"    f{root}{{n}}(x)\n", stop, 1)
    return f"def f{name}(x):\n{calls}" + repeat(f"def f{root}{{n}}(x):\n{steps}", stop, 1)


def test_each_command_of_a_program_has_its_share(attack: Attack, tmp_path: Path) -> None:
    """However much the first ones do, what the last one calls is followed."""
    commands = repeat("    elif x == {n}:\n        work.f{n}0(x)\n", 9, 1)
    files = {
        "svc/__init__.py": "",
        "svc/work.py": "".join(works(f"{one}0", str(one), 90) for one in range(1, 9)),
        "svc/web.py": "import uvicorn\n\n\ndef web(name):\n    uvicorn.run(name)\n",
        "svc/main.py": "from svc import work\nfrom svc.web import web\n\n\n"
        f"def main(x):\n    if x == 0:\n        print(x)\n{commands}"
        "    elif x == 9:\n        web('svc.api:app')\n\n\n"
        "if __name__ == '__main__':\n    main(0)\n",
    }
    harness.write(tmp_path, files)
    assert check(attack, tmp_path / "svc" / "main.py") == ["LS103:25"]


def test_a_setting_is_compared_with_few_conditions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = []
    concerns = refusals._concerns

    def counted(test: ast.expr, one: Declaration, names: Names) -> bool:
        asked.append(one)
        return concerns(test, one, names)

    monkeypatch.setattr(refusals, "_concerns", counted)
    text = "import os\n" + repeat('KEY_{n}_SECRET = os.getenv("KEY_{n}_SECRET", "s3same")\n', 100)
    text += repeat('if DEBUG and KEY_{n}_SECRET == "s3same":\n    raise SystemExit(1)\n', 100)
    text += 'OWN_SECRET = os.getenv("OWN_SECRET", "0range")\n'
    text += 'if OWN_SECRET == "0range":\n    raise SystemExit(1)\n'
    harness.write(tmp_path, {"settings.py": text, "pyproject.toml": "[project]\nname = 'svc'\n"})
    monkeypatch.chdir(tmp_path)
    harness.configure([])
    reports = harness.check(text, "settings.py")
    assert [report.line for report in reports if report.code == "LS311"] == [*range(2, 102)]
    assert 100 < len(asked) < 2500


def test_the_end_of_a_function_of_another_module_has_its_share(
    attack: Attack, tmp_path: Path
) -> None:
    """However many services it starts before, its last statements have their turn."""
    calls = repeat("    work.f{n}(x)\n", 50, 10)
    files = {
        "svc/__init__.py": "",
        "svc/work.py": "".join(works(str(one), str(one), 9) for one in range(10, 50)),
        "svc/app.py": "from svc import work\n\n\ndef make(x):\n    work.f10(x)\n\n\n"
        f"def everything(x, run):\n{calls}"
        "    try:\n        run(make(x))\n    finally:\n        work.f10(x)\n",
        "svc/main.py": "import uvicorn\nfrom svc import app\n\n\ndef main(x):\n"
        "    app.everything(x, uvicorn.run)\n\n\nif __name__ == '__main__':\n    main(0)\n",
    }
    harness.write(tmp_path, files)
    assert check(attack, tmp_path / "svc" / "main.py") == ["LS103:6"]


@pytest.mark.parametrize("call", ["app.run(x)", "status = app.run(x)"])
def test_a_path_that_is_cut_and_serves_nobody_is_followed_further(
    attack: Attack, tmp_path: Path, call: str
) -> None:
    """One call may do all that there is to do: it has what nothing else needs."""
    calls = repeat("    work.f{n}(x)\n", 14, 10)
    steps = repeat("    x.step{n}()\n", 60)
    files = {
        "svc/__init__.py": "",
        "svc/work.py": "".join(works(str(one), str(one), 12) for one in range(10, 14)),
        "svc/app.py": "import time\nfrom svc import work\n\n\n"
        f"def go_on(x):\n{steps}    while True:\n        time.sleep(1)\n\n\n"
        f"def run(x):\n{calls}    go_on(x)\n" + repeat("    print({n})\n", 20),
        "svc/main.py": "from svc import app\n\n\ndef main(x):\n"
        f"    {call}\n\n\nif __name__ == '__main__':\n    main(0)\n",
    }
    harness.write(tmp_path, files)
    assert check(attack, tmp_path / "svc" / "main.py") == ["LS103:5"]
