"""Checks the files that it is told to: ``python -m fuzz.worker fresh`` or ``warm``.

One line of standard input is one order, a JSON object: ``folder``, ``files``, and ``force`` where
a launcher's end is to be added to them. A *fresh* worker has imported the plugin, used it for
nothing, and makes a process for each order; a *warm* one does it all itself. It answers with lines
of JSON: an ``Answer`` for each file, before the check and after it, and one that says ``ended``.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import json
import os
import pkgutil
import resource
import signal
import sys
import time
import tokenize
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import harness

import flake8_launcher
from fuzz.forced import forced

MEGABYTE = 1_000_000
ADDRESS_SPACE = 4_000 * MEGABYTE
"""What a process may reserve: far above what it may use, so that use is seen and not refused."""

ACTS = frozenset(
    {
        "ctypes.dlopen",
        "os.chdir",
        "os.exec",
        "os.fork",
        "os.mkdir",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.system",
        "socket.bind",
        "socket.connect",
        "subprocess.Popen",
    }
)
"""Audit events that a review has no business with."""


class Watch:
    """Sees what a process does that only a program under review would want."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.acts: set[str] = set()
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: Sequence[Any]) -> None:
        if event in ACTS:
            self.acts.add(event)
        elif event == "open":
            _, _, flags = arguments
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
                self.acts.add("open to write")
        elif event == "exec":
            filename = getattr(arguments[0], "co_filename", "")
            if filename.startswith(self._folder):
                self.acts.add("exec")


def main() -> None:
    """Do what the lines of standard input say."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    run = run_in_fork if sys.argv[1] == "fresh" else run_here
    if run is run_in_fork:
        import_all()
    for line in sys.stdin:
        run(json.loads(line))


def import_all() -> None:
    """Import the whole plugin, which each new process would do again."""
    for module in pkgutil.walk_packages(flake8_launcher.__path__, "flake8_launcher."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def run_here(order: dict[str, Any]) -> None:
    """Check the files of an order in this process."""
    check_all(order)
    tell(ended="", memory=own_peak(), acts=[])


def run_in_fork(order: dict[str, Any]) -> None:
    """Check the files of an order in a process of its own."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXCPU, tell_where)
        check_and_exit(order)
    _, status, usage = os.wait4(child, 0)
    ended = ""
    if os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status)).name
    elif os.WEXITSTATUS(status):
        ended = f"status {os.WEXITSTATUS(status)}"
    tell(ended=ended, memory=peak(usage))


def tell_where(signum: int, frame: FrameType | None) -> NoReturn:
    """Say what the plugin was doing when the time was over, from the outside inwards, and end."""
    calls: list[str] = []
    while frame is not None:
        if "flake8_launcher" in frame.f_code.co_filename:
            calls.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}")
        frame = frame.f_back
    tell(way=[call for call, _ in itertools.groupby(reversed(calls))])
    signal.signal(signum, signal.SIG_DFL)
    os.kill(os.getpid(), signum)
    raise AssertionError


def check_and_exit(order: dict[str, Any]) -> NoReturn:
    """Check the files of an order, say what the process did apart from that, and end it."""
    watch = Watch(order["folder"] + os.sep)
    before = os.getcwd(), list(sys.path)
    try:
        check_all(order)
        if (os.getcwd(), sys.path) != before:
            watch.acts.add("the current folder or sys.path changed")
        tell(acts=sorted(watch.acts))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def peak(usage: resource.struct_rusage) -> float:
    """Return the megabytes that a process had at its peak."""
    return usage.ru_maxrss * 1024 / MEGABYTE


def own_peak() -> float:
    """Return the megabytes that this process had at its peak.

    The rusage of a process counts what its parent had when it started it.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    return 0.0


def check_all(order: dict[str, Any]) -> None:
    """Check files, and tell of each."""
    harness.configure(["--select=LS"])
    for name in order["files"]:
        tell(file=name)
        tell(**check(Path(order["folder"], name), order["seconds"], order.get("force", False)))


def check(path: Path, seconds: int, force: bool) -> dict[str, Any]:
    """Check one file: what is reported, what was raised, and the CPU time of it."""
    try:
        text = read(path)
        tree = ast.parse(text)
        if force:
            text = forced(text, tree)
            tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError, MemoryError, RecursionError):
        return {"skipped": True}
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    reports: list[tuple[int, int, str]] = []
    error = ""
    start = time.process_time()
    try:
        for report in harness.check(text, str(path), tree):
            reports.append((report.line, report.column, f"{report.code} {report.text}"))
    except Exception as raised:  # what flake8 would end with
        error = described(raised)
    cpu = time.process_time() - start
    return {"reports": reports, "error": error, "cpu": cpu, "lines": text.count("\n") + 1}


def read(path: Path) -> str:
    """Return a file's text as flake8 does."""
    try:
        with tokenize.open(path) as stream:
            text = stream.read()
    except (LookupError, SyntaxError, UnicodeError):
        text = path.read_text(encoding="latin-1")
    return text.removeprefix("\ufeff")


def described(raised: BaseException) -> str:
    """Return an exception's cause, and where it was raised."""
    cause = raised.__cause__ or raised
    frame = traceback.extract_tb(cause.__traceback__)[-1]
    return f"{type(cause).__name__} in {Path(frame.filename).name}:{frame.lineno}: {cause}"


def tell(**answer: object) -> None:
    """Write a line that the driver reads."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
