"""The command ``flake8-launcher``: a subcommand is a module of this package.

It has ``run(arguments) -> int``, which takes the command line behind the subcommand's name and
returns an exit status. It is imported when it is asked for.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.metadata
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from flake8_launcher.text import printable

SUBCOMMANDS = {
    "check": "report what goes wrong when services start",
    "report": "show what runs, in order, when a service starts",
    "explain": "say what a rule reports, why, and what to do",
    "rules": "list all rules",
}

FOUND = 1
"""The exit status when something is found, or nobody reads what is printed."""
MISUSED = 2
"""The exit status when the command line or the configuration is wrong."""
_INTERRUPTED = 130

_DESCRIPTION = "Review how Python services start.\n\nsubcommands:\n" + "\n".join(
    f"  {name:<10}{summary}" for name, summary in SUBCOMMANDS.items()
)
_STATUSES = """\
exit status:
  0    check has found nothing; the others have done their work
  1    check has found something, or nobody reads the output any more
  2    the command line or the configuration is wrong
  130  interrupted

`flake8-launcher SUBCOMMAND --help` says what a subcommand takes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand that the command line names.

    :param arguments: the command line, without the command; that of the process by default.
    :returns: the exit status.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever starts the process has closed it
            setattr(sys, name, open(os.devnull, "w"))
        _escape_what_it_lacks(getattr(sys, name))
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_no_more()
        return FOUND
    except OSError as error:
        # what is read is looked after where it is read
        print(f"flake8-launcher: {printable(str(error))}", file=sys.stderr)
        _write_no_more()
        return MISUSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _run(arguments: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="flake8-launcher",
        usage="%(prog)s [-h] [--version] SUBCOMMAND ...",
        description=_DESCRIPTION,
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = importlib.metadata.version("flake8-launcher")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version}")
    parser.add_argument("subcommand", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    known = ", ".join(SUBCOMMANDS)
    if given.subcommand is None:
        parser.error(f"name a subcommand: {known}")
    if given.subcommand not in SUBCOMMANDS:
        hint = ""
        if os.path.exists(given.subcommand):
            path = printable(given.subcommand)
            hint = f"; `flake8-launcher report {path}` shows what starts there"
        parser.error(f"{given.subcommand!r} is no subcommand: there are {known}{hint}")
    module = importlib.import_module(f"{__name__}.{given.subcommand}")
    status: int = module.run(given.arguments)
    return status


def _write_no_more() -> None:
    """Leave nothing to standard output that Python would write when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escape_what_it_lacks(stream: TextIO) -> None:
    """Let a stream write characters that its encoding does not have as escapes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
