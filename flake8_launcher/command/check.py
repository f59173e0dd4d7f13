"""``flake8-launcher check``: flake8 with nothing but the rules about launches."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from flake8.formatting.base import BaseFormatter
from flake8.options.manager import OptionManager
from flake8.violation import Violation

from flake8_launcher import baseline, standalone
from flake8_launcher.command import MISUSED
from flake8_launcher.options import flag
from flake8_launcher.text import counted, told

_COMMAND = "flake8-launcher check"
_MOST_GONE = 50
_DESCRIPTION = """\
Report what goes wrong when services start: what flake8 reports of this plugin, and nothing else.
Without a path everything below the current folder is checked. flake8's configuration and options
count; those about style do nothing here."""
_EPILOG = """\
Exit status: 0 where nothing is found, 1 where something is, 2 where the command line or the
configuration is wrong. `flake8-launcher explain CODE` says more about what is found."""


def run(arguments: Sequence[str]) -> int:
    """Check the files, folders and options that a command line names, as flake8 would.

    :returns: the exit status.
    """
    try:
        review = standalone.Review(arguments, _COMMAND, _add_options)
        if review.absent:
            raise standalone.WrongUse(f"{', '.join(review.absent)}: no such file")
        status = _written(review) if review.given.write_baseline else _reported(review)
    except standalone.WrongUse as error:
        print(f"{_COMMAND}: {told(str(error))}", file=sys.stderr)
        return MISUSED
    return status


def _add_options(manager: OptionManager) -> None:
    manager.parser.usage = "%(prog)s [options] [PATH ...]"
    manager.parser.description = _DESCRIPTION
    manager.parser.epilog = _EPILOG
    manager.add_option(
        "--write-baseline",
        action="store_true",
        help=f"accept what is found: write it to the file that {flag('baseline')} names, and "
        "report nothing",
    )


def _reported(review: standalone.Review) -> int:
    """Check, and report what is found."""
    review.run_checks()
    review.report()
    notes = (*review.notes, *standalone.unread(review.given), *_left_out(review), *_unused(review))
    for note in notes:
        print(told(note), file=sys.stderr)
    if sys.stderr.isatty() and not review.given.quiet:
        print(_summary(review), file=sys.stderr)
    return review.exit_code()


def _left_out(review: standalone.Review) -> Iterator[str]:
    """Yield what is said where the choice of codes, which is meant for style, leaves out ours."""
    if not review.runs_any:
        yield "no rule is on, because 'select' names none: --extend-select LS asks for all"


def _summary(review: standalone.Review) -> str:
    """Return what a person at a terminal wants to know in the end."""
    from flake8_launcher.report.shared import is_review

    found = review.counts
    reviews = sum(count for code, count in found.items() if is_review(code))
    text = counted(found.total() - reviews, "defect")
    text += f" and {reviews} to review" * review.runs_reviews
    text += f" in {counted(len(review.seen), 'file')}"
    hint = " (the rules that review are off: --extend-select LS)"
    return text + hint * (not review.runs_reviews)


def _written(review: standalone.Review) -> int:
    """Check, and write what is found to the baseline; entries of other files stay.

    :raises WrongUse: when no file is named for it, or it cannot be written.
    """
    accepted = review.baseline
    if accepted is None:
        raise standalone.WrongUse(f"--write-baseline needs {flag('baseline')} FILE")
    reported = _Reported(review.given)
    review.write_to(reported)
    review.run_checks()
    review.report()
    counts = Counter(
        review.seen[one.filename].entries[one.line_number, one.column_number - 1, message]
        for one in reported.findings
        if (message := f"{one.code} {one.text}") and not one.code.startswith("LS000")
    )
    checked = {accepted.name_of(name) for name in review.seen}
    try:
        if os.path.exists(accepted.path):
            for entry, count in baseline.read(accepted.path).counts.items():
                if entry.file not in checked and accepted.is_there(entry):
                    counts[entry] = count
        baseline.write(accepted.path, counts)
    except OSError as error:
        raise standalone.WrongUse(f"{accepted.path}: {error.strerror}") from error
    except ValueError as error:
        raise standalone.WrongUse(str(error)) from error
    found = counted(counts.total(), "finding")
    print(told(f"{accepted.path}: {found} accepted"), file=sys.stderr)
    return 0


class _Reported(BaseFormatter):
    """Keeps what would be reported, after ``noqa`` and all options."""

    def after_init(self) -> None:
        self.findings: list[Violation] = []

    def start(self) -> None:
        """Open nothing."""

    def handle(self, error: Violation) -> None:
        self.findings.append(error)


def _unused(review: standalone.Review) -> Iterator[str]:
    """Yield what is said of entries and allowances that nothing needs any more."""
    accepted = review.baseline
    if accepted is not None:
        used = Counter(
            entry for seen in review.seen.values() for entry in seen.entries.values()
        )
        checked = {accepted.name_of(name) for name in review.seen}
        gone: list[baseline.Entry] = []
        for entry, count in sorted(accepted.counts.items()):
            is_gone = entry.file in checked or not accepted.is_there(entry)
            if used[entry] < count and is_gone and review.runs(entry.code):
                gone.append(entry)
        for entry in gone[:_MOST_GONE]:
            where = f"{entry.file}, {entry.function or 'top level'}"
            yield f"{accepted.path}: {entry.code} is not found any more in {where}"
        if len(gone) > _MOST_GONE:
            yield f"{accepted.path}: nor are {len(gone) - _MOST_GONE} more"
    if all(os.path.isdir(name) for name in review.given.filenames):
        needed = frozenset().union(*(seen.allowed for seen in review.seen.values()))
        for option in ("allowed_patches", "config_guards"):
            for name in getattr(review.given, f"launcher_{option}"):
                if name not in needed:
                    yield f"{flag(option)}: no launch that was checked calls {name}"
