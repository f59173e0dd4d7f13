"""What is followed again, and what says nothing new."""

from __future__ import annotations

import ast
from pathlib import Path

import harness

from flake8_launcher import gate, launch
from flake8_launcher.launch import LaunchPath
from flake8_launcher.launch.paths import threads

_LAUNCHER = """\
import uvicorn
from svc import helper

def main():
{calls}
    uvicorn.run("svc.app:app")

if __name__ == "__main__":
    main()
"""


def _path(folder: Path, calls: str, helper: str) -> LaunchPath:
    """Return the launch path of a launcher that calls a module beside it."""
    text = _LAUNCHER.format(calls=calls)
    files = {"svc/__init__.py": "", "svc/cmd.py": text, "svc/helper.py": helper}
    harness.write(folder, files)
    admission = gate.Gate().admit(text, str(folder / "svc/cmd.py"))
    assert admission is not None
    launcher = launch.Launcher(ast.parse(text), text, admission)
    return next(path for path in launcher.paths if path.entry == "__main__")


def _count(path: LaunchPath, name: str) -> int:
    return sum(step.name == name for step in path.steps)


def _function(name: str, body: str, times: int = 1) -> str:
    return f"def {name}(*given, **named):\n" + f"    {body}\n" * times


def test_the_same_call_is_followed_twice(tmp_path: Path) -> None:
    """What it may leave behind is there the second time."""
    helper = _function("prepare", "thing.step()", 50)
    path = _path(tmp_path, "    helper.prepare(1)\n" * 300, helper)
    assert path.complete
    assert _count(path, "?thing.step") == 100


def test_other_arguments_are_another_call(tmp_path: Path) -> None:
    helper = _function("prepare", "thing.step()")
    calls = "".join(f"    helper.prepare({value!r})\n" for value in (1, 1.0, True, "1", None))
    assert _count(_path(tmp_path, calls * 3, helper), "?thing.step") == 10


def test_functions_are_told_apart_by_what_they_enclose(tmp_path: Path) -> None:
    helper = "def outer(inner):\n    return lambda: inner()\n"
    helper += "".join(_function(f"inner{at}", f"thing.step{at}()") for at in range(4))
    calls = "".join(f"    helper.outer(helper.inner{at})()\n" for at in range(4))
    path = _path(tmp_path, calls, helper)
    assert [_count(path, f"?thing.step{at}") for at in range(4)] == [1, 1, 1, 1]


def test_what_tells_of_the_launch_is_followed_each_time(tmp_path: Path) -> None:
    helper = "import logging, sys\n"
    helper += _function("log", "logging.basicConfig()")
    helper += _function("leave", "flag and sys.exit(1)")
    path = _path(tmp_path, "    helper.log()\n    helper.leave()\n" * 5, helper)
    assert (_count(path, "logging.basicConfig"), _count(path, "sys.exit")) == (5, 5)


def test_calls_in_calls_reach_the_end(tmp_path: Path) -> None:
    helper = "".join(
        f"def step{at}():\n" + "    thing.step()\n" * 20 + f"    step{at + 1}()\n"
        for at in range(18)
    )
    path = _path(tmp_path, "    helper.step0()\n", helper + "def step18():\n    thing.end()\n")
    assert path.complete
    assert _count(path, "?thing.end") == 1


def test_each_entry_function_has_all_its_steps(tmp_path: Path) -> None:
    """What one path has followed is not missing in another."""
    helper = _function("prepare", "thing.step()")
    path = _path(tmp_path, "    helper.prepare()\n" * 3, helper)
    assert _count(path, "?thing.step") == 2


def test_what_is_expensive_and_tells_nothing_is_followed_thrice(tmp_path: Path) -> None:
    """Whatever it is given; the path comes to its end."""
    helper = _function("prepare", "thing.step()", 400)
    path = _path(tmp_path, "".join(f"    helper.prepare({at})\n" for at in range(30)), helper)
    assert path.complete
    assert _count(path, "?thing.step") == 1200


def test_what_tells_something_is_followed_however_often(tmp_path: Path) -> None:
    helper = "import uvicorn\n" + _function("prepare", "thing.step()", 400)
    helper += "    uvicorn.run(given)\n"
    path = _path(tmp_path, "".join(f"    helper.prepare({at})\n" for at in range(4)), helper)
    assert _count(path, "?thing.step") == 1600


def test_what_costs_much_and_tells_the_same_again_is_followed_thrice(tmp_path: Path) -> None:
    helper = "import logging\n" + _function("prepare", "thing.step()", 400)
    helper += "    logging.basicConfig()\n"
    path = _path(tmp_path, "".join(f"    helper.prepare({at})\n" for at in range(30)), helper)
    assert path.complete
    assert _count(path, "logging.basicConfig") == 4


def test_preparations_leave_something_to_what_comes_last(tmp_path: Path) -> None:
    """Each costs much, and all of them more than is followed of another module."""
    helper = "import time\n" + "".join(
        _function(f"prepare{at}", f"thing.step{at}()", 600) for at in range(8)
    )
    calls = "".join(f"    prepare{at}()\n" for at in range(8))
    helper += f"def work():\n{calls}    wait()\n"
    helper += "def wait():\n    while True:\n        time.sleep(1)\n"
    path = _path(tmp_path, "    helper.work()\n", helper)
    assert not path.complete
    assert _count(path, "the loop of svc.helper.wait") == 1


def test_what_is_cut_tells_which_calls_run_it(tmp_path: Path) -> None:
    """A thread that is too long to follow says nothing of what the main thread does."""
    helper = "import threading\nimport time\n" + _function("work", "thing.step()", 6000)
    helper += "def begin():\n    threading.Thread(target=work).start()\n"
    path = _path(tmp_path, "    helper.begin()\n", helper)
    assert not path.complete
    assert threads.are_all_cut(path)
    path = _path(tmp_path, "    helper.work()\n    helper.begin()\n", helper)
    assert not threads.are_all_cut(path)


def test_a_round_that_is_cut_is_no_cut_before_it(tmp_path: Path) -> None:
    """What a loop does that goes on for ever comes after all that the launch begins."""
    helper = "import time\n" + _function("work", "thing.step()", 6000)
    helper += "def serve():\n    while True:\n        work()\n        time.sleep(1)\n"
    path = _path(tmp_path, "    helper.serve()\n", helper)
    assert not path.complete
    assert not threads.are_all_cut(path)
    assert threads.are_rounds_cut(path)
    path = _path(tmp_path, "    helper.work()\n    helper.serve()\n", helper)
    assert not threads.are_rounds_cut(path)
