"""LS0: what the plugin says about itself."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple

from flake8_launcher.launch import Launcher
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_PACKAGE = __name__.partition(".")[0]
_LOG = logging.getLogger("flake8.launcher")
"""Below flake8's own logger: ``flake8 -v`` shows it."""


class FailedReview(Rule):
    """The plugin itself has failed on this file: please report it.

    ## What it does

    Reports, on the first line of a file, that a part of flake8-launcher ended with an exception
    there. The message names the part (a rule, or what comes before the rules), the type of the
    exception, and the line of the plugin. What the other rules have found in the file stands, and
    flake8 goes on with the next file.

    ## Why

    A defect of the plugin should not take the reports of all other checks away, nor go unnoticed:
    findings may be missing in the file. The text of the exception is left out, for it may quote
    the code under review.

    It is shown wherever a rule of this plugin is shown, whatever its code.

    ## Example

    ```text
    svc/cmd.py:1:1: LS000 a defect of flake8-launcher: LS103 ends with KeyError
        (flake8_launcher/launch/questions/origins.py:88), and findings may be missing in this file;
        please report it
    ```

    ## Use instead

    Report the defect to the authors of flake8-launcher, with what `flake8 -v` prints about the
    file, which has lines of the plugin alone, and with the file if it may be shown. Until it is
    mended, `# noqa: LS000` on the first line of the file takes the report away, and
    `per-file-ignores` does so for several files.

    ## When to ignore it

    Until the defect is mended, and no longer: other findings of the file may be missing.
    """

    code = "LS000"
    name = "failed-review"
    since = "0.1.0"
    severity = Severity.LOW
    weaknesses = ()
    subjects = frozenset()

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield nothing: the edge to flake8 reports what fails."""
        yield from ()


class Failure(NamedTuple):
    """An exception that a part of the plugin ended with.

    :ivar kind: the name of its type.
    :ivar place: the file and line of the plugin where it came from.
    """

    kind: str
    place: str

    def told(self, parts: Sequence[str]) -> str:
        """Return the message about it, without its code.

        :param parts: what ended with it: codes of rules, or other parts of the plugin.
        """
        first, *others = parts
        more = f" and {len(others)} more of its rules" if len(others) > 1 else ""
        ends = "end" if others else "ends"
        both = f" and {others[0]}" if len(others) == 1 else more
        return (
            f"a defect of flake8-launcher: {first}{both} {ends} with {self.kind} ({self.place}), "
            "and findings may be missing in this file; please report it"
        )


def failure_of(error: Exception, part: str) -> Failure:
    """Return what is told of an exception, and log where it came from.

    :param part: what ended with it.
    """
    place = f"{_PACKAGE}/plugin.py:1"
    at: TracebackType | None = error.__traceback__
    while at is not None:
        module = str(at.tb_frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] == _PACKAGE:
            place = f"{module.replace('.', '/')}.py:{at.tb_lineno}"
        at = at.tb_next
    lines = "".join(traceback.format_tb(error.__traceback__))
    _LOG.info("%s ended with %s:\n%s", part, type(error).__name__, lines)
    return Failure(type(error).__name__, place)
