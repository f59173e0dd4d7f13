"""Checks a project in two processes, and says what is wrong with what they do."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from flake8_launcher import rules
from fuzz.project import Project, files_in
from fuzz.sandbox import Checked, Outcome, Worker

SECONDS = 4.0
"""CPU time that the check of a file may take: twice what it takes where nothing else runs."""

MEGABYTES = 300.0
"""What a process may have at its peak."""

LENGTH = 2_000
"""How long a message may be."""

FAULT = "LS000"
"""What the plugin reports where it has failed."""

_OUTER = 8
"""How many calls, counted from the plugin, tell whether the same is slow."""

CODES = {rule.code for rule in rules.discover()}


@dataclass(frozen=True)
class Failure:
    """Something that must not be.

    :ivar kind: the promise that is broken.
    :ivar text: what was seen.
    :ivar known_as: what is the same where the same has gone wrong in another project.
    """

    kind: str
    text: str
    known_as: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class Attack:
    """Two processes that check the same projects.

    One knows nothing before each, the other goes on from project to project, takes the files in
    the opposite order, and hashes texts differently.
    """

    def __init__(self, seconds: float = SECONDS, megabytes: float = MEGABYTES) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self.fresh = Worker("fresh", 1, int(seconds) + 1)
        self.warm = Worker("warm", 2, int(seconds) + 1)

    def __enter__(self) -> Attack:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.fresh.stop()
        self.warm.stop()

    def failures(self, project: Project) -> list[Failure]:
        """Write a project to a folder of its own, and check it."""
        with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
            folder = Path(name).resolve()
            project.write(folder)
            return self.failures_in(folder)

    def failures_in(self, folder: Path) -> list[Failure]:
        """Check the project in a folder."""
        return self.tried(folder)[0]

    def tried(self, folder: Path) -> tuple[list[Failure], Outcome]:
        """Check the project in a folder; return what is wrong, and what a new process said."""
        files = list(files_in(folder))
        fresh = self.fresh.check(folder, files)
        return self._failures(folder, files, fresh), fresh

    def _failures(self, folder: Path, files: list[str], fresh: Outcome) -> list[Failure]:
        """Return what is wrong with what a new process said, and what a warm one says then."""
        found = list(self.faults(fresh))
        if not fresh.ended and any(failure.kind in ("time", "memory") for failure in found):
            # a busy machine, or a collection of garbage, may be to blame: it must happen again
            again = {failure.kind for failure in self.faults(self.fresh.check(folder, files))}
            found = [failure for failure in found if failure.kind in again]
        if found or fresh.ended:
            return found
        warm = self.warm.check(folder, files[::-1])
        if warm.ended:
            return [_ended(warm, "in a warm process ")]
        if warm.reports != fresh.reports:
            return [_difference(fresh, warm)]
        if warm.memory > self._megabytes:
            self.warm.stop()
            text = f"{warm.memory:.0f} MB in a warm process, {fresh.memory:.0f} MB in a new one"
            return [Failure("memory that is kept", text, "kept")]
        return []

    def faults(self, outcome: Outcome) -> Iterator[Failure]:
        """Yield what is wrong with what became of one order."""
        if outcome.ended:
            yield _ended(outcome)
        for act in outcome.acts:
            yield Failure("act", act, act)
        for checked in outcome.checked:
            yield from _wrong(checked)
            if checked.cpu > self._seconds:
                yield Failure("time", f"{checked.cpu:.1f} s for {checked.file!r}", "time")
        if outcome.memory > self._megabytes:
            yield Failure("memory", f"{outcome.memory:.0f} MB", "memory")


def _ended(outcome: Outcome, where: str = "") -> Failure:
    way = " > ".join([*outcome.way[:_OUTER], *outcome.way[_OUTER:][-1:]])
    text = f"{where}{outcome.ended} at {outcome.at!r} in {way or 'the plugin'}"
    known_as = " ".join([outcome.ended, *outcome.way[:_OUTER]])
    return Failure("time" if outcome.ended == "SIGXCPU" else "end", text, known_as)


def _wrong(checked: Checked) -> Iterator[Failure]:
    """Yield what is wrong with what is said of a file."""
    if checked.error:
        yield Failure("exception", checked.error, re.sub(r"\d+|: .*", "", checked.error))
    for line, column, message in checked.reports:
        where = f"{checked.file!r}:{line}:{column}: {message!r}"
        code = message.partition(" ")[0]
        if code == FAULT:
            yield Failure("exception", where, message)
        elif code not in CODES:
            yield Failure("unknown code", where, code)
        if not message.isprintable():
            yield Failure("control character", where, f"control character {code}")
        if len(message) > LENGTH:
            yield Failure("long message", where, f"long message {code}")
        if not 1 <= line <= max(1, checked.lines) or column < 0:
            yield Failure("place", where, f"place {code}")


def _difference(fresh: Outcome, warm: Outcome) -> Failure:
    for name, reports in fresh.reports.items():
        others = warm.reports.get(name, ())
        if reports != others:
            only = [sorted(set(reports) - set(others)), sorted(set(others) - set(reports))]
            codes = sorted({report[2][:5] for reports in only for report in reports})
            text = f"{name!r}: new process {only[0]}, warm process {only[1]}"
            return Failure("difference", text, f"difference {' '.join(codes)}")
    return Failure("difference", "other files were checked", "difference")
