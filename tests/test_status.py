"""The status with which a process ends, where the rules' documents do not show it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flake8_launcher import gate, launch
from flake8_launcher.launch import Argument, LaunchPath, Return
from flake8_launcher.launch.paths import status

LAUNCHER = """
import sys
import waitress

def main():
    try:
        waitress.serve(application)
    except Exception as error:
        {handler}
    {end}

if __name__ == "__main__":
    {call}
"""

AFTER = {
    "falls through": ("print(error)", "print('bye')", "main()", 0),
    "a status of its own": ("sys.exit(3)", "pass", "main()", 3),
    "a text": ("sys.exit('failed')", "pass", "main()", 1),
    "a negative status": ("pass", "sys.exit(-1)", "main()", 255),
    "what it returns": ("return 4", "pass", "sys.exit(main())", 4),
    "what follows returns": ("pass", "return 5", "sys.exit(main())", 5),
    "a truth": ("return True", "pass", "sys.exit(main())", 1),
    "an abort": ("import os; os.abort()", "pass", "main()", None),
    "what is not known": ("sys.exit(error.code)", "pass", "main()", None),
    "one of two": ("sys.exit(1 if error else 0)", "pass", "main()", None),
    "a dropped status": ("return 4", "pass", "main()", None),
    "a status that is kept": ("return 4", "pass", "status = main()", None),
    "raised again": ("raise", "pass", "main()", None),
    "perhaps raised again": ("if error.args: raise", "pass", "main()", None),
    "another server": ("pass", "waitress.serve(other)", "main()", None),
    "an endless loop": ("pass", "while True: work()", "main()", None),
    "killed": ("pass", "import os; os.kill(os.getpid(), 9)", "main()", None),
    "an end that may come": ("pass", "if error: sys.exit(1)", "main()", None),
    "an end as well as none": ("pass", "if error: sys.exit(0)", "main()", 0),
}


def path_of(text: str, folder: Path) -> LaunchPath:
    admission = gate.Gate().admit(text, str(folder / "launcher.py"))
    assert admission is not None
    launcher = launch.Launcher(ast.parse(text), text, admission)
    return next(path for path in launcher.paths if path.entry == "__main__")


@pytest.mark.parametrize("name", AFTER)
def test_the_status_after_a_handler(tmp_path: Path, name: str) -> None:
    handler, end, call, wanted = AFTER[name]
    path = path_of(LAUNCHER.format(handler=handler, end=end, call=call), tmp_path)
    (step,) = status.handlers(path)
    assert status.status_after(path, step) == wanted


def test_the_ways_of_a_fork(tmp_path: Path) -> None:
    text = LAUNCHER.format(
        handler="pass", end="if error: first()\n    else: second()", call="main()"
    )
    path = path_of(text, tmp_path)
    steps = {step.name: step for step in path.steps}
    first, second = steps["?first"].arms[-1], steps["?second"].arms[-1]
    assert first.fork is second.fork
    assert first is not second


def test_what_follows_a_return_that_fails(tmp_path: Path) -> None:
    text = LAUNCHER.format(handler="pass", end="late()", call="main()")
    text = text.replace("waitress.serve(application)", "return waitress.serve(application)")
    steps = {step.name: step for step in path_of(text, tmp_path).steps}
    assert steps["?late"].conditional
    returns = steps["return"]
    assert isinstance(returns, Return)
    assert returns.value.names == ("waitress.serve()",)


@pytest.mark.parametrize(
    ("literal", "wanted"),
    [(None, 0), (0, 0), (False, 0), (True, 1), (2, 2), (256, 0), ("", 1), (1.5, 1), (..., None)],
)
def test_what_a_process_exits_with(literal: object, wanted: int | None) -> None:
    assert status.status_of(Argument(None, None, literal, ())) == wanted
