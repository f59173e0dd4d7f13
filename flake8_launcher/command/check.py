"""``flake8-launcher check``: flake8 with nothing but the rules about launches."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from flake8_launcher import standalone
from flake8_launcher.command import MISUSED
from flake8_launcher.text import told

_COMMAND = "flake8-launcher check"


def run(arguments: Sequence[str]) -> int:
    """Check the files, folders and options that a command line names, as flake8 would.

    :returns: the exit status.
    """
    try:
        review = standalone.Review(arguments, _COMMAND)
    except standalone.WrongUse as error:
        print(f"{_COMMAND}: {told(str(error))}", file=sys.stderr)
        return MISUSED
    if review.absent:
        print(f"{_COMMAND}: {told(', '.join(review.absent))}: no such file", file=sys.stderr)
        return MISUSED
    review.run_checks()
    review.report()
    for note in review.notes:
        print(told(note), file=sys.stderr)
    return review.exit_code()
