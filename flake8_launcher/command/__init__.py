"""The command ``flake8-launcher``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from flake8_launcher.command import paths

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the launch paths of the files that the command line names.

    :param arguments: the command line, without the command; that of the process by default.
    :returns: the exit status: 1 when a file cannot be read or is no launcher, or nobody reads on.
    """
    parser = argparse.ArgumentParser(
        prog="flake8-launcher",
        description="Print what runs, in order, when the services in some files start.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--all", action="store_true", help="print imports and calls without a known role, too"
    )
    named = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        _escape_what_it_lacks(stream)
    try:
        status = paths.show(named.files, everything=named.all)
        sys.stdout.flush()
    except BrokenPipeError:
        # nothing is left for Python to write when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _escape_what_it_lacks(stream: TextIO) -> None:
    """Let a stream write characters that its encoding does not have as escapes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
