"""Runs checks in other processes, so that one that hangs or grows is found and not suffered."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).resolve().parent

Report = tuple[int, int, str]
"""Line, column and message."""


@dataclass(frozen=True)
class Checked:
    """What became of one file.

    :ivar skipped: flake8 cannot parse it.
    :ivar error: what was raised, and where; empty when nothing was.
    :ivar cpu: seconds of CPU time.
    :ivar lines: how many lines the file has.
    """

    file: str
    skipped: bool = False
    reports: tuple[Report, ...] = ()
    error: str = ""
    cpu: float = 0.0
    lines: int = 0


@dataclass
class Outcome:
    """What became of the files of one order.

    :ivar at: the file that was being checked when the process ended too early.
    :ivar ended: how the process ended, when that was too early.
    :ivar way: the calls in which its time was over, from the outside inwards.
    :ivar memory: megabytes that the process had at its peak.
    :ivar acts: what it did that a review has no business with.
    """

    checked: list[Checked] = field(default_factory=list)
    at: str = ""
    ended: str = ""
    way: tuple[str, ...] = ()
    memory: float = 0.0
    acts: tuple[str, ...] = ()

    @property
    def reports(self) -> dict[str, tuple[Report, ...]]:
        """What was reported on each file."""
        return {checked.file: checked.reports for checked in self.checked}


class Worker:
    """A process that checks files, started again where one has ended.

    :param mode: ``fresh`` for a process that has checked nothing before, ``warm`` for one that
        goes on with what it has read.
    :param hash_seed: what its hashes of texts depend on.
    :param seconds: the CPU time after which the check of a file is ended.
    :param patience: the time after which a process is taken to be blocked.
    """

    def __init__(self, mode: str, hash_seed: int, seconds: int, patience: float = 60.0) -> None:
        self._mode = mode
        self._hash_seed = hash_seed
        self._seconds = seconds
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def check(self, folder: Path, files: Sequence[str], *, force: bool = False) -> Outcome:
        """Check files.

        :param folder: what their paths are relative to.
        :param force: follow a launcher that calls what they define.
        """
        process = self._process or self._start()
        order = {"folder": str(folder), "files": list(files), "seconds": self._seconds}
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps({**order, "force": force}).encode() + b"\n")
            process.stdin.flush()
        outcome = Outcome()
        for answer in self._answers(process):
            self._take(outcome, answer)
            if "memory" in answer:  # the worker itself says how it went
                return outcome
        self.stop()
        return outcome

    @staticmethod
    def _take(outcome: Outcome, answer: dict[str, Any]) -> None:
        if "file" in answer:
            outcome.at = answer["file"]
        elif "reports" in answer:
            reports = tuple((line, column, text) for line, column, text in answer["reports"])
            outcome.checked.append(
                Checked(
                    outcome.at,
                    reports=reports,
                    error=answer["error"],
                    cpu=answer["cpu"],
                    lines=answer["lines"],
                )
            )
        elif "skipped" in answer:
            outcome.checked.append(Checked(outcome.at, skipped=True))
        outcome.ended = answer.get("ended", outcome.ended)
        outcome.memory = answer.get("memory", outcome.memory)
        outcome.way = tuple(answer.get("way", outcome.way))
        outcome.acts = tuple(answer.get("acts", outcome.acts))

    def _answers(self, process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
        """Yield the lines that the process answers with, and how it ended where it did."""
        assert process.stdout is not None
        while select.select([process.stdout], [], [], self._patience)[0]:
            data = os.read(process.stdout.fileno(), 1 << 16)
            if not data:
                yield {"ended": f"status {process.wait()}"}
                return
            *lines, self._rest = (self._rest + data).split(b"\n")
            yield from map(json.loads, lines)
        yield {"ended": "blocked"}

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.worker", self._mode],
            cwd=HERE.parent,
            env={**environment, "PYTHONHASHSEED": str(self._hash_seed)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._rest = b""
        return self._process

    def stop(self) -> None:
        """End the process, and what it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
