"""Reads the test documents: Markdown with code and what a rule must report on it.

A heading with code blocks below it is a case, named by the headings that lead to it. A ``python``
block is a file of the case that is checked: ``launcher.py``, or what a line such as
``` `svc/cmd/api.py`: ``` before the block says. Blocks of another language are files that are not
checked; they need such a line, except ``ini`` without one: these are flake8 options for the case.

A document is named after the one code that its cases check, or after something else: then they
check every code that reviews a launcher.

What must be reported stands at the end of the line that is reported::

    eventlet.monkey_patch()  # LS101: 0 "eventlet.monkey_patch"

a code, a 0-based column and, where they matter, pieces of the message; several reports on one line
are separated by semicolons. Lines without such a comment must be silent. A known miss is marked
``# todo LS101: 0``: it must not be reported yet. The comments are cut off before the check.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

DEFAULT_FILE = "launcher.py"
REVIEW = "LS1"
"""What a document checks that is not named after a code: the codes that begin with this."""

_CODE = re.compile(r"LS\d{3}")
_HEADING = re.compile(r"(#+) +(.+)")
_FENCE = re.compile(r"```(\w*)")
_FILE = re.compile(r"`([\w./-]+)`:")
_REPORT = r'LS\d{3}: \d+(?: "[^"]+")*'
_MARKER = re.compile(rf"\s*# (todo )?({_REPORT}(?:; {_REPORT})*)\s*")
_MARKER_LIKE = re.compile(r"#[^#]*(?<![A-Za-z])LS ?\d[^#]*|# *todo\b[^#]*", re.IGNORECASE)
_NOQA = re.compile(r"# noqa\b", re.IGNORECASE)


class DocumentError(Exception):
    """A test document that cannot be read as one."""


@dataclass(frozen=True, order=True)
class Expectation:
    """One report that must be made; a known miss is one that must not be made yet."""

    file: str
    line: int
    column: int
    code: str
    pieces: tuple[str, ...] = ()
    is_todo: bool = False


@dataclass
class Case:
    """The files of one case, the options, and what must be reported.

    :ivar files: all files, with their text.
    :ivar checked: the files that are checked, in the order of the document.
    """

    name: str
    line: int
    files: dict[str, str] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    expectations: list[Expectation] = field(default_factory=list)

    @property
    def is_near_miss(self) -> bool:
        """Whether the case stands in a section of near misses, where nothing is reported."""
        return self.name.startswith("Near misses")


def checks(document: Path) -> str:
    """Return the code that a document checks, or what the codes that it checks begin with."""
    return document.stem if _CODE.fullmatch(document.stem) else REVIEW


def read(document: Path) -> list[Case]:
    """Read the cases of a document.

    :raises DocumentError: for a malformed document, naming its line.
    """
    cases: dict[str, Case] = {}
    contents: dict[tuple[object, ...], str] = {}
    for case in _cases(document):
        where = f"{document.name}:{case.line}"
        if case.name in cases:
            raise DocumentError(f"{where}: a second case is named {case.name!r}")
        if not case.checked:
            raise DocumentError(f"{where}: {case.name!r} has no code")
        content = (*sorted(case.files.items()), *sorted(case.options.items()))
        if content in contents:
            raise DocumentError(f"{where}: {case.name!r} repeats {contents[content]!r}")
        for expectation in case.expectations:
            if not expectation.code.startswith(checks(document)):
                raise DocumentError(f"{where}: {expectation.code} has its own document")
        cases[case.name] = case
        contents[content] = case.name
    return list(cases.values())


def _cases(document: Path) -> Iterator[Case]:
    lines = iter(enumerate(document.read_text(encoding="utf-8").splitlines(), start=1))
    headings: dict[int, str] = {}
    case: Case | None = None
    path = ""
    for number, line in lines:
        if heading := _HEADING.fullmatch(line):
            if case:
                yield case
            case = None
            level = len(heading[1])
            headings = {key: value for key, value in headings.items() if key < level}
            headings[level] = heading[2]
        elif fence := _FENCE.fullmatch(line):
            if case is None:
                name = " / ".join(headings[level] for level in sorted(headings) if level > 1)
                case = Case(name or headings.get(1, ""), number)
            try:
                _add(case, fence[1], path, list(_block(lines)))
            except DocumentError as error:
                raise DocumentError(f"{document.name}:{number}: {error}") from None
            path = ""
        elif file := _FILE.fullmatch(line):
            path = file[1]
        elif line.strip() and path:
            raise DocumentError(f"{document.name}:{number}: no code follows the file {path!r}")
    if case:
        yield case


def _block(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line == "```":
            return
        yield line
    raise DocumentError("the code block has no end")


def _add(case: Case, language: str, path: str, lines: list[str]) -> None:
    """Add a code block to its case."""
    if language == "ini" and not path:
        case.options.update(_options("\n".join(lines)))
        return
    if language == "python":
        path = path or DEFAULT_FILE
    if not path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise DocumentError(f"a {language or 'plain'} block needs the path of its file")
    if path in case.files:
        raise DocumentError(f"{case.name!r} has two files {path!r}")
    if language == "python":
        case.checked.append(path)
        lines = list(_unmarked(case, path, lines))
    case.files[path] = "".join(line + "\n" for line in lines)


def _options(text: str) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise DocumentError(str(error)) from None
    if parser.sections() != ["flake8"]:
        raise DocumentError("options stand in one section [flake8]")
    return dict(parser["flake8"])


def _unmarked(case: Case, path: str, lines: list[str]) -> Iterator[str]:
    """Yield the lines without their markers, and keep what the markers say."""
    for number, line in enumerate(lines, start=1):
        start = line.rfind("#")
        comment = line[start:] if start >= 0 else ""
        before = line[: max(start, 0)].rstrip()
        if marker := _MARKER.fullmatch(comment):
            for report in re.findall(_REPORT, marker[2]):
                code, column, *_ = report.replace(":", "").split()
                pieces = tuple(re.findall(r'"([^"]+)"', report))
                case.expectations.append(
                    Expectation(path, number, int(column), code, pieces, bool(marker[1]))
                )
            if not before:
                raise DocumentError(f"the marker {comment!r} stands on a line without code")
            line = before
        if (stray := _MARKER_LIKE.search(line)) and not _NOQA.match(stray[0]):
            raise DocumentError(f'the marker {stray[0]!r} is not spelled `# LS101: 4 "text"`')
        yield line
