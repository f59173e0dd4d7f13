"""Ask every regular expression of the package about texts that it may be slow on.

Run as a program, it prints each expression's name before it is asked, and each text that takes
much more than four times as long when there is four times as much of it.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import flake8_launcher
from flake8_launcher.gate import words
from flake8_launcher.knowledge.deferred import _Deferred

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its name begins with an underscore since Python 3.11
    import sre_constants as kinds
    import sre_parse as parser

_NAME = "a qualified name"
_MESSAGE = "a piece of a message"
_SETTING = "the name or the value of a setting"
_WINDOW = "what is around a word"
_FILE_NAME = "the name of a file"
_LINE = "a line of commands"
SHORT = {
    "gate.targets._BY_DOTS": _LINE,
    "gate.targets._BY_OPTION": _LINE,
    "gate.targets._CLUSTER": _FILE_NAME,
    "gate.targets._COMMANDS": _FILE_NAME,
    "gate.targets._GOES_ON": _LINE,
    "gate.words._PARTS": _WINDOW,
    "knowledge.configuration.OPTION_HOLDER": _NAME,
    "knowledge.connections._SHAPE": _NAME,
    "knowledge.options.SEARCHER": _NAME,
    "knowledge.order.READS_FILE_OF_LOGGING": _NAME,
    "knowledge.quoting._LOGIN": _MESSAGE,
    "knowledge.secrets._PUBLIC": _SETTING,
    "knowledge.settings._IS_HOLE": _SETTING,
    "knowledge.settings._IS_NAME": _SETTING,
    "knowledge.settings._IS_SENTENCE": _SETTING,
    "knowledge.settings._NOT_SET": _SETTING,
    "knowledge.settings._OF_MAIL": _SETTING,
    "knowledge.settings._OF_OTHERS": _SETTING,
    "knowledge.shapes.SHAPES": _NAME,
    "launch.paths.endings._WAITS": _NAME,
    "knowledge.watching.ASKS": _NAME,
    "knowledge.watching.SAYS": _NAME,
}
"""What is only asked about texts that are cut off before."""
LONGEST = {
    _NAME: 300,
    _MESSAGE: 401,
    _SETTING: 300,
    _WINDOW: 400,
    _FILE_NAME: 255,
    _LINE: 2_000,
}
MOST = 0.05
"""The seconds that one of these may take."""
SIZE = 400
SLOW = 0.002
"""The seconds that four times as much may take, however quick the first is."""

Attack = tuple[str, str, str]
"""What a text begins with, what is repeated, and what it ends with."""

GENERIC = (
    [" ", "\n", "\t", ".", "a", "A", "_", "1", "(", "[", "{", '"', "'", "=", ":", "#", "%", "\\\n"]
    + ["a.", "a,", "a ", "a=", "a(", "(a", "()", "[]", "\n ", "{%", "://", "\ndef a(a:"]
    + ["\ntry:\n", "from a import (\n", "import a, ", "Opt(", "Opt(#", "Opt(\n#", "simplefilter("]
)

USED = frozenset({"findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"})
ANY = "*"
WHOLE = frozenset({"fullmatch", "match"})


def modules() -> Iterator[tuple[str, Any]]:
    """Yield the package's modules, each with its name behind the package's."""
    for module in pkgutil.walk_packages(flake8_launcher.__path__, "flake8_launcher."):
        if not module.name.endswith("__main__"):
            yield module.name.partition(".")[2], importlib.import_module(module.name)


def patterns() -> dict[tuple[str, int], list[str]]:
    """Return every expression of the package with where it stands."""
    found: dict[tuple[str, int], list[str]] = {}

    def collect(name: str, value: object, depth: int = 3) -> None:
        if isinstance(value, _Deferred):
            value = value._arguments
        elif isinstance(value, re.Pattern):
            value = (value.pattern, value.flags & ~re.UNICODE)
        elif depth and isinstance(value, tuple | list | dict):
            inner = value.values() if isinstance(value, dict) else value
            for one in inner:
                collect(name, one, depth - 1)
            return
        else:
            return
        found.setdefault(value, []).append(name)

    for module, loaded in modules():
        for name, value in vars(loaded).items():
            collect(f"{module}.{name}", value)
    for made in (words._named, words._called):
        collect(f"gate.words.{made.__name__}", made("eventlet"))
    return found


def methods() -> dict[tuple[str, str], set[str]]:
    """Return how the package asks its expressions: by their last names, and the module's."""
    asked: dict[tuple[str, str], set[str]] = {}
    package = Path(flake8_launcher.__path__[0])
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(attr=method, value=ast.Name(id=name)) if method in USED:
                    module = path.stem
                case ast.Attribute(
                    attr=method, value=ast.Attribute(attr=name, value=ast.Name(id=module))
                ) if method in USED:
                    pass
                case _:
                    continue
            method = method if method in WHOLE else "search"
            for known in (module, ANY):
                asked.setdefault((known, name), set()).add(method)
    return asked


def methods_of(names: list[str], asked: dict[tuple[str, str], set[str]]) -> set[str]:
    """Return how an expression is asked: by search, where that is not seen."""
    for any_module in (False, True):
        found: set[str] = set()
        for name in names:
            module, _, own = name.rpartition(".")
            found |= asked.get((ANY if any_module else module.rpartition(".")[2], own), set())
        if found:
            return found
    return {"search"}


def character(kind: Any, value: Any) -> str:
    """Return a character that a member of a set stands for."""
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.RANGE:
        return chr(value[0])
    name = str(value)
    if name.endswith("DIGIT"):
        return "1" if "NOT" not in name else "a"
    if name.endswith("SPACE"):
        return " " if "NOT" not in name else "a"
    return "a" if "NOT" not in name else " "


def characters(members: Any) -> list[str]:
    """Return some characters that a set has."""
    if members[0][0] is not kinds.NEGATE:
        return [character(*member) for member in members]
    wrong = {character(*member) for member in members[1:]}
    return [one for one in "a (.\"'\n=_#" if one not in wrong]


REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT}


def sample(parsed: Any) -> str:
    """Return a text that an expression, or the most of it, fits."""
    text = ""
    for kind, value in parsed:
        if kind is kinds.LITERAL:
            text += chr(value)
        elif kind in (kinds.ANY, kinds.NOT_LITERAL):
            text += "a"
        elif kind is kinds.IN:
            text += characters(value)[0]
        elif kind is kinds.SUBPATTERN:
            text += sample(value[3])
        elif kind is kinds.BRANCH:
            text += sample(value[1][0])
        elif kind in REPEATS:
            text += sample(value[2]) * max(value[0], min(value[1], 1))
    return text


def _is_no_repeat(part: Any) -> bool:
    return part[0] not in REPEATS


def repeated(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what can be repeated in an expression, and what stands before it."""
    for at, part in enumerate(parsed):
        kind, value = part
        if kind is kinds.SUBPATTERN:
            yield from repeated(value[3], before)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from repeated(branch, before)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from repeated(value[1], before)
        elif kind in REPEATS:
            body = value[2]
            if value[1] > 50:
                # the repeat may have it as well: ``\w*stop``
                yield before, sample(itertools.takewhile(_is_no_repeat, parsed[at + 1 :]))
                if len(body) == 1 and body[0][0] is kinds.IN:
                    yield from ((before, one) for one in characters(body[0][1]))
                yield before, sample(body)
            yield from repeated(body, before)
        before += sample([part])
    yield before, before


def attacks(pattern: str, flags: int = 0) -> list[Attack]:
    """Return texts, as what is repeated in them, that an expression may be slow on."""
    found = dict.fromkeys(("", one, end) for one in GENERIC for end in ("", "\0"))
    for before, one in repeated(parser.parse(pattern, flags)):
        for end in ("", "\0"):
            found |= dict.fromkeys(
                [(before, one, end), ("", before + one, end), ("", before, end)]
            )
    return [attack for attack in found if attack[1]]


def seconds(pattern: re.Pattern[str], method: str, attack: Attack, size: int) -> float:
    """Return the time that an expression takes for a text of a size."""
    first, inner, last = attack
    text = first + inner * (size // len(inner) + 1) + last
    begin = time.process_time()
    if method == "search":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)
    return time.process_time() - begin


def is_slow(pattern: re.Pattern[str], method: str, attack: Attack) -> bool:
    """Tell whether four times as much text takes much more than four times as long."""
    first = [len(attack[1]) * count for count in range(10, 40, 4)]
    for size in (*first, SIZE):  # what doubles with each character or word never ends
        if seconds(pattern, method, attack, size) > SLOW * 50:
            return True
    if seconds(pattern, method, attack, 4 * SIZE) < SLOW:
        return False
    few = min(seconds(pattern, method, attack, SIZE) for _ in range(3))
    many = min(seconds(pattern, method, attack, 4 * SIZE) for _ in range(3))
    return many > SLOW and many > 8 * few


def slow(names: list[str], arguments: tuple[str, int], asked: Iterable[str]) -> Iterator[Attack]:
    """Yield the texts that an expression is slow on."""
    pattern = re.compile(*arguments)
    longest = max((LONGEST[SHORT[name]] for name in names if name in SHORT), default=None)
    for attack in attacks(*arguments):
        for method in asked:
            if longest is None:
                if is_slow(pattern, method, attack):
                    yield attack
            elif min(seconds(pattern, method, attack, longest) for _ in range(2)) > MOST:
                yield attack


def main() -> None:
    """Print what is asked, and what is slow."""
    asked = methods()
    for arguments, names in patterns().items():
        print("asked", *names, flush=True)
        for attack in slow(names, arguments, methods_of(names, asked)):
            print("slow", *names, attack, flush=True)
            break


if __name__ == "__main__":
    main()
