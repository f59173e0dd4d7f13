"""What messages may quote of the code under review: nothing that may be a secret.

What the code calls something is told as it is. A literal that names something is told through
:func:`quoted` or :func:`named`, a path or another text through :func:`veiled`, and the default of
an option through :func:`default`: what looks like a secret is left out, whatever it is. A name
lost now and then is better than one password in the log of a CI service.
"""

from __future__ import annotations

import re
from itertools import pairwise

from flake8_launcher.knowledge.deferred import deferred

VEIL = "***"
"""What stands where something is left out."""

_MOST = 200
"""How much of a literal is told at most."""
_LONGEST_DEFAULT = 40

_UNBROKEN = deferred(r"[^\s'\"]+")
_TOKEN = deferred(
    r"\b(?:(?:gh[a-z]_|github_pat_|gl[a-z]{2,4}-|(?:sk|pk|rk)[-_](?:ant|live|proj|test)[-_]|sk-"
    r"|xox[a-z]-|xapp-|npm_|pypi-|hf_|do[a-z]_v1_|shp[a-z]{2}_|eyJ)[\w.=-]{16,}"
    r"|(?:A[KS]IA|AIza|ya29\.|SG\.)[\w.-]{12,})"
    r"|-----BEGIN .*|(?<=hooks\.slack\.com/services/)\S+"
)
"""Keys that services give out with a mark of their own."""

_LOGIN = deferred(r"(?<![\w.])[\w.+-]+:[^\s/@'\"]+@")
_KEY = (
    r"(?i:(?:pass(?:word|wd|phrase|code)?|pwd|passw|pw|secret|token|credential"
    r"|authorization|bearer|cookie|session_?id|signature|salt"
    r"|(?:access|api|auth|encryption|master|private|secret|shared|signing)[ _-]?key)s?"
    r"|(?<=[?&])(?:\w{0,30}key|auth|code|sig))"
)
_KEYED = deferred(
    rf"""(?P<key>{_KEY}["']?\s*(?:=>|=|:(?!//))\s*|--[\w.-]{{0,30}}{_KEY}\s+)"""
    r"""(?:"[^"]*"|'[^']*'|(?:(?:Bearer|Basic|Token)\s+)?[^\s,;&'"]+)"""
)
"""A value beside the end of a name that says what it is: ``password=…``, ``--token …``."""
_NEXT = deferred(
    rf"(?P<key>{_KEY}\s+(?:is\s+)?)(?=\S*\d|\S*[^\w\s]\w|\S*[a-z][A-Z])[^\s,;]+"
)
"""A word behind such a name that is none of the language."""
_WORD = deferred(r"[A-Za-z0-9][A-Za-z0-9+/=_-]*")
_BETWEEN = deferred(r"[_=+-]")
_HEX = deferred(r"(?=.*\d)(?=.*[A-Fa-f])[0-9A-Fa-f]+")
_LONGEST_HEX = 15
_SURE = 24
"""The length from which a word tells without its parts."""
_NAME = deferred(r"[^\W\d]\w*(?:[.:-][^\W\d]\w*)*")
"""A name of a module, function or option, or of several joined."""

_MAY_HOLD = deferred(
    r"pass|pwd|pw\b|secret|token|key|cred|auth|connection|ur[il]|dsn|salt|hash|pin\b|cert|login"
    r"|user|sign|private|cookie|session|backend|broker|endpoint|license",
    re.IGNORECASE,
)
"""Names of options whose default is not told: wide, for little is lost."""


def quoted(literal: object) -> str:
    """Return a literal as the code spells it, for messages, without what may be a secret.

    Of anything but a text, a number or a constant no more is told than its type.
    """
    if isinstance(literal, str):
        return repr(named(literal))
    if literal is None or isinstance(literal, bool | int | float):
        return repr(literal)[:_MOST]
    return f"a {type(literal).__name__}"


def veiled(text: str) -> str:
    """Return a text, or the part of one that tells, without what may be a secret."""
    rest = len(text) > _MOST
    if rest:
        # what is cut off may end a password
        text = f"{text[: 2 * _MOST]}@"
    text = without_credentials(text)
    text = _LOGIN.sub(f"{VEIL}@", text)
    text = _KEYED.sub(lambda found: found["key"] + VEIL, text)
    text = _NEXT.sub(lambda found: found["key"] + VEIL, text)
    text = _WORD.sub(_unless_random, text)
    return f"{text[:_MOST]}..." if rest else text


def without_credentials(text: str) -> str:
    """Return a text without what surely is a secret, in whatever it stands."""
    if "://" in text:
        text = _UNBROKEN.sub(_without_user, text)
    return _TOKEN.sub(VEIL, text)


def _without_user(found: re.Match[str]) -> str:
    """Return an address without what may be a password, also with a ``/`` or ``@`` in it."""
    text = found[0]
    scheme, separator, rest = text.partition("://")
    _, at, host = rest.rpartition("@")
    return f"{scheme}{separator}{VEIL}@{host}" if at else text


def default(name: str | None, value: object, secret: bool | None) -> str:
    """Return the default of an option, for messages: its value only where that tells no secret.

    :param name: the option's name; none when it is computed.
    :param value: its default, ``...`` where that is no literal.
    :param secret: whether it is declared as secret; none when that is computed.
    """
    plain = "the default"
    if value is ... or secret is not False or name is None or _MAY_HOLD.search(name):
        return plain
    if not (value is None or isinstance(value, str | bool | int | float)):
        return plain
    if isinstance(value, str) and veiled(value) != value:
        return plain
    text = quoted(value)
    return f"{plain} {text}" if len(text) <= _LONGEST_DEFAULT else plain


def named(text: str) -> str:
    """Return a text, where it is a name as it is but for words of it that nobody would choose."""
    if len(text) <= _MOST and _NAME.fullmatch(text):
        return _WORD.sub(_unless_random, without_credentials(text))
    return veiled(text)


def _unless_random(found: re.Match[str]) -> str:
    """Return a word, perhaps several folders of a path, without what is random."""
    word = found[0]
    dense = re.sub(r"\W|_", "", word)
    if len(dense) >= _SURE and (_changes_often(dense) or _is_of_cloud(word)):
        return VEIL
    return "/".join(VEIL if _is_random(piece) else piece for piece in word.split("/"))


def _is_of_cloud(word: str) -> bool:
    """Tell whether a word has the form of a key of Amazon's."""
    kinds = (str.isdigit, str.islower, str.isupper)
    return len(word) == 40 and all(any(map(kind, word)) for kind in kinds)


def _is_random(word: str) -> bool:
    """Tell whether a word looks as if a machine, or a rule for passwords, had made it."""
    pieces = _BETWEEN.split(word)
    dense = "".join(pieces)
    if len(dense) > _LONGEST_HEX and _HEX.fullmatch(dense):
        return True
    return any(map(_changes_often, pieces)) or (len(dense) >= _SURE and _changes_often(dense))


def _changes_often(piece: str) -> bool:
    """Tell whether a text changes between capitals, small letters and digits all the time.

    Words of a language do so but rarely, and a capital before small letters begins one.
    """
    kinds = ["d" if one.isdigit() else "u" if one.isupper() else "l" for one in piece]
    pairs = list(pairwise(kinds))
    with_digits = sum(one != other and "d" in (one, other) for one, other in pairs)
    if with_digits >= 4 and max(map(len, re.split(r"\d+", piece))) <= 3:
        return True
    return len(piece) >= 16 and with_digits + pairs.count(("l", "u")) > 0.3 * len(piece)
