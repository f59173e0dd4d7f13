"""The door for what leaves the plugin: text for somebody else's terminal, log or CI.

Names and literals of the code under review stand in messages. What leaves is printable, of
bounded length, and holds nothing that surely is a secret.
"""

from __future__ import annotations

from collections.abc import Iterable

from flake8_launcher.knowledge import quoting
from flake8_launcher.knowledge.deferred import deferred

LONGEST = 500
"""How long a message is at most."""

_WORDS = (96, 48, 24)
"""What words are cut to, in turn, until the message is short enough."""
_LONGEST_PLACE = 120
_PLACE = deferred(r"\(?(?:[^\s()]+:|l\.)\d+\)?[,;:]?|\(l\.|\d+\)[,;:]?")
"""A word that is a place, or a piece of one: ``(svc/cmd.py:41)``, ``(l. 41)``."""
_CUT = "..."
_LINKS = deferred(r"(?: -> (?:import )?[^\s()]+)+(?= -> )")
"""The links of a way between its first and its last."""
_DOTTED = deferred(r"[^\W\d]\w*(?:\.\w+)+(?:\(\))?")
_PART = deferred(r"(?<=\.)\w+")

_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Characters that count as printable and show nothing."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors: they count as printable, and change the character before them."""
_COMMANDS = (("##", "#\\x23"),)
"""What begins a command to a CI service anywhere in a line, and how it is escaped."""
_LINE_COMMAND = "::"
"""What begins one at the start of a line."""


def told(text: str) -> str:
    """Return a text as it may leave: see :mod:`flake8_launcher.text`."""
    return bounded(printable(quoting.without_credentials(text)))


def counted(count: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def column(line: str, offset: int) -> int:
    """Return the place in a line of what begins at an offset in its UTF-8, as a tree has it."""
    if line.isascii():
        return offset
    return len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore"))


def printable(text: str) -> str:
    r"""Return a text on one line in which every character shows itself.

    The others are escaped as Python does (``\n``, ``\x1b``, ``\u202e``): line ends, controls,
    halves of surrogates, what changes the direction of writing, and what is not seen at all.
    """
    if not text.isascii() or not text.isprintable():
        text = "".join(one if _is_seen(one) else _escaped(one) for one in text)
    for command, escaped in _COMMANDS:
        text = text.replace(command, escaped)
    if text.lstrip().startswith(_LINE_COMMAND):
        text = text.replace(_LINE_COMMAND, "\\x3a:", 1)
    return text


def _is_seen(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    is_selector = any(ord(character) in selectors for selectors in _SELECTORS)
    return character.isprintable() and not is_selector and character not in _UNSEEN


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def bounded(text: str, limit: int = LONGEST) -> str:
    """Return a text of a bounded length: of ways, of long words, then of the text parts are cut.

    Places (``(svc/cmd.py:41)``, ``(l. 41)``) stay; so do where ways begin and lead to, and the
    last part of names.
    """
    if len(text) <= limit:
        return text
    text = _LINKS.sub(f" -> {_CUT}", text)
    if len(text) <= limit:
        return text
    words = text.split(" ")
    for longest in _WORDS:
        shorter = [_cut(word, longest) for word in words]
        if sum(map(len, shorter)) + len(shorter) - 1 <= limit:
            return " ".join(shorter)
    return _without_middle(shorter, limit)


def _cut(word: str, longest: int) -> str:
    """Return a word without its middle where it is long; more is left of a place."""
    if _PLACE.fullmatch(word[-_LONGEST_PLACE:].lstrip("(")):
        longest = _LONGEST_PLACE
    if len(word) <= longest:
        return word
    if _DOTTED.fullmatch(word):
        starts = (found.start() for found in _PART.finditer(word))
        if last := next((at for at in starts if len(word) - at + len(_CUT) <= longest), None):
            return f"{_CUT}{word[last:]}"
    end = (longest - len(_CUT)) // 2
    return f"{word[: longest - len(_CUT) - end]}{_CUT}{word[-end:]}"


def _without_middle(words: list[str], limit: int) -> str:
    """Return as many words as fit: places, and what begins and ends the text."""
    both_ends = (at for pair in zip(range(len(words)), reversed(range(len(words)))) for at in pair)
    places = (at for at, word in enumerate(words) if _PLACE.fullmatch(word))
    kept: set[int] = set()
    left = _fill(kept, places, words, limit // 2)
    _fill(kept, both_ends, words, left + limit - limit // 2)
    shown: list[str] = []
    for at, word in enumerate(words):
        if at in kept:
            shown.append(word)
        elif shown[-1:] != [_CUT]:
            shown.append(_CUT)
    return " ".join(shown)


def _fill(kept: set[int], order: Iterable[int], words: list[str], limit: int) -> int:
    """Keep words in some order while they fit, each with room for a mark of what is left out.

    :returns: how much is left.
    """
    for at in order:
        if at in kept:
            continue
        size = len(words[at]) + len(_CUT) + 2
        if size > limit:
            break
        kept.add(at)
        limit -= size
    return limit
