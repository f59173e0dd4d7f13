"""No program makes the review hang: what would grow without end is cut off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 5
"""CPU time that one file may take; each of these takes a fraction of it to parse."""

PROGRAM = f"""\
import sys
import time
from pathlib import Path

import harness

harness.configure(["--select=LS"])
text = Path(sys.argv[1]).read_text(encoding="utf-8")
start = time.process_time()
harness.check(text, sys.argv[1])
spent = time.process_time() - start
print("in time" if spent < {SECONDS} else f"took {{spent:.1f}} s")
"""

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
    "many calls": "def f0():\n" + "    eventlet.sleep(0)\n" * 20_000,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_grows(tmp_path: Path, name: str) -> None:
    path = tmp_path / "launcher.py"
    path.write_text(HEAD + PROGRAMS[name], encoding="utf-8")
    completed = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=4 * SECONDS,
        check=False,
    )
    assert completed.stdout == "in time\n", completed.stderr
