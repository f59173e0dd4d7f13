"""``flake8-launcher report``: what runs, in order, when a service starts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from flake8 import discover_files, utils
from flake8.formatting.default import Nothing
from flake8.processor import FileProcessor
from flake8.style_guide import Decision, Ignored, StyleGuideManager
from flake8.violation import Violation

from flake8_launcher import files, options, standalone
from flake8_launcher.command import MISUSED
from flake8_launcher.report import html_form, json_form, mermaid, svg
from flake8_launcher.report.model import Overview, Report
from flake8_launcher.report.project import Project, Unreadable
from flake8_launcher.report.review import Accepted
from flake8_launcher.report.text import Text
from flake8_launcher.text import told

_COMMAND = "flake8-launcher report"
_DESCRIPTION = """\
Show what runs, in order, when a service starts: what is called, where, on which condition, and
what becomes of a failure; with the findings of the rules beside the steps that they are about."""
_EPILOG = """\
All options of flake8 are taken as well, and its configuration counts: the report sees what the
rules see. `flake8 --help` lists them.

exit status:
  0  there is a report, also of a file that starts nothing
  2  there is no such file, module, script or folder, or it is no Python"""

_NAMESAKE = "{0}: {1} is a folder here; for the console script of this name: {0} {2}"


def run(arguments: Sequence[str]) -> int:
    """Report on what the command line names.

    :returns: the exit status.
    """
    parser = _parser()
    own, rest = parser.parse_known_args(arguments)
    try:
        _, parsed = standalone.options(rest, _COMMAND)
    except standalone.WrongUse as error:
        return _misused(str(error))
    for note in standalone.unread(parsed):
        print(told(f"{_COMMAND}: {note}"), file=sys.stderr)
    if len(parsed.filenames) != 1:
        parser.error("name one file, module, console script or folder")
    target: str = parsed.filenames[0]
    try:
        report = _reported(target, parsed, own.all, own.format == "text")
        written = _form(own.format, parsed.color, own.output)(report)
    except Unreadable as error:
        return _misused(f"{target}: {error}")
    except standalone.WrongUse as error:
        return _misused(str(error))
    if own.output is None:
        sys.stdout.write(written)
        return 0
    try:
        with open(own.output, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(written)
    except OSError as error:
        return _misused(f"{own.output}: {error.strerror}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_COMMAND,
        usage="%(prog)s [options] FILE | package.module | console-script | DIRECTORY",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--format", choices=sorted(_FORMS), default="text", help="the form (default: text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file")
    parser.add_argument(
        "--all", action="store_true", help="show calls that play no part in a start, too"
    )
    return parser


def _misused(why: str) -> int:
    print(told(f"{_COMMAND}: {why}"), file=sys.stderr)
    return MISUSED


def _reported(
    target: str, parsed: argparse.Namespace, everything: bool, brief: bool
) -> Report | Overview:
    """Return the report of what the command line names.

    :param brief: whether that of a folder shows no steps.
    :raises Unreadable: when there is no such thing, or it is no Python.
    :raises WrongUse: when the configuration is wrong.
    """
    project = Project(options.read(parsed), _Accepting(parsed))
    if os.path.isdir(target):
        if os.sep not in target and (script := project.script(target, os.getcwd())):
            print(told(_NAMESAKE.format(_COMMAND, target, script[0])), file=sys.stderr)
        if not os.access(target, os.R_OK | os.X_OK):
            raise Unreadable("Permission denied")
        return project.overview(target, _names(target, parsed), brief)
    entry = None
    if not os.path.lexists(target) and os.sep not in target:
        here = os.getcwd()
        if script := project.script(target, here):
            target, entry = script
        else:
            target = project.module(target, here) or target
    return project.file(target, entry, everything)


def _names(folder: str, parsed: argparse.Namespace) -> Iterator[str]:
    """Yield the files of a folder: what flake8 takes of it, and scripts without a suffix."""
    for name in discover_files.expand_paths(
        paths=[folder],
        stdin_display_name="stdin",
        filename_patterns=["*"],
        exclude=(*parsed.exclude, *parsed.extend_exclude),
    ):
        if utils.fnmatch(name, parsed.filename) or files.is_script(name):
            yield name


class _Accepting:
    """Tells by what flake8 would hide a finding.

    :param parsed: flake8's options.
    :raises WrongUse: when they cannot be used.
    """

    def __init__(self, parsed: argparse.Namespace) -> None:
        self._parsed = parsed
        with standalone.misuse():
            self._guides = StyleGuideManager(parsed, Nothing(parsed))

    def __call__(self, name: str, text: str) -> Accepted:
        """Return what tells it of the findings of one file."""
        lines = text.splitlines(keepends=True)
        processor = FileProcessor(name, self._parsed, lines)
        is_whole = not self._parsed.disable_noqa and processor.should_ignore_file()
        decider = self._guides.style_guide_for(name).decider

        def accepted(code: str, line: int, column: int, message: str) -> str:
            if decider.decision_for(code) is Decision.Ignored:
                if decider.was_ignored(code) is Ignored.Explicitly:
                    return "configuration"
            physical = processor.noqa_line_for(line)
            found = Violation(code, name, line, column + 1, message, physical or "")
            is_hidden = is_whole or found.is_inline_ignored(self._parsed.disable_noqa)
            return "noqa" if is_hidden else ""

        return accepted


_Form = Callable[[Report | Overview], str]


def _as_text(colour: bool) -> _Form:
    text = Text(colour)

    def written(report: Report | Overview) -> str:
        return text.overview(report) if isinstance(report, Overview) else text.report(report)

    return written


def _picture(draw: Callable[[Report], str]) -> Callable[[bool], _Form]:
    """Return a form of which a folder has none."""

    def written(report: Report | Overview) -> str:
        if isinstance(report, Overview):
            raise Unreadable("a folder has no picture: ask for text, json or html")
        return draw(report)

    return lambda colour: written


_FORMS: dict[str, Callable[[bool], _Form]] = {
    "text": _as_text,
    "json": lambda colour: json_form.written,
    "html": lambda colour: html_form.written,
    "mermaid": _picture(mermaid.written),
    "svg": _picture(svg.written),
}


def _form(name: str, wanted: str, output: str | None) -> _Form:
    """Return what writes a report in a form, with colours for a terminal alone."""
    is_plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    is_terminal = output is None and sys.stdout.isatty() and not is_plain
    return _FORMS[name](wanted == "always" or (wanted == "auto" and is_terminal))
