"""What the modules that a launch may import say of options, by their texts.

More modules are looked at than are imported: every import of a text counts, in whatever branch, and
so does every name of a module in quotes. What none of them mentions is not registered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge import root_of, with_packages
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.import_lines import ImportLine, import_lines, modules_of
from flake8_launcher.semantic.kept import Kept
from flake8_launcher.semantic.loading import load
from flake8_launcher.semantic.modules import Module
from flake8_launcher.semantic.pieces import split

_QUOTED = deferred(r"[\"']([\w.-]{1,80})[\"']")
_NAMED = deferred(
    r"(?:Opt\(\s*(?:name\s*=\s*)?|\b(?:deprecated_name|dest|name)\s*=\s*)[\"']([\w.-]{1,80})[\"']"
)
"""What names an option that is made."""
_COMPUTED = deferred(r"Opt\(\s*(?!\s|[\"')]|(?:dest|name)\s*=\s*[\"'])")
"""Text of an option that is made under a computed name."""
_ASKED = deferred(
    r"hasattr\([\w.]+, *[\"'](\w+)|[\"']([\w-]+)[\"'] (?:not )?in [\w.]*CONF\b"
    r"|CONF\.\w+\.(\w+) = "
)
"""What is asked whether it is there, or set."""
_MAX_MODULES = 3_000

Named: TypeAlias = tuple[str, str]
"""The group of an option, empty for ``DEFAULT``, and its name."""


class _Taken(NamedTuple):
    """What a text may import.

    :ivar imports: what its statements import.
    :ivar names: names with dots in quotes.
    """

    imports: tuple[ImportLine, ...]
    names: tuple[str, ...]


class _Mentions(NamedTuple):
    """What one module mentions.

    :ivar taken: what it may import, at the top or in a function.
    :ivar words: words in quotes, with underscores and in lower case.
    :ivar names: those that name an option; all words where a name is computed.
    :ivar asked: options that it asks for before it reads them, or sets.
    :ivar registers: whether it may register options, or make some.
    :ivar loads: whether it loads what the metadata or a file names.
    """

    taken: _Taken
    words: frozenset[str]
    names: frozenset[str]
    asked: frozenset[str]
    registers: bool
    loads: bool


class Reach(NamedTuple):
    """The modules that a launch may import.

    :ivar registering: those of the project that may register options, by name, each with the
        words that it has in quotes.
    :ivar names: the names that options may have.
    :ivar outside: the top-level packages that are not the project's.
    :ivar loads: whether one of them loads what the metadata or a file names.
    """

    registering: dict[str, frozenset[str]]
    names: set[str]
    outside: set[str]
    loads: bool


def plain(name: str) -> str:
    """Return the name of an option or group as it is compared."""
    return name.replace("-", "_").lower()


def missing(
    wanted: Iterable[Named],
    module: Module,
    find: Callable[[str], Module | None],
    imported: Iterable[str] | None = None,
) -> tuple[set[Named], Reach]:
    """Return the options that no module mentions, with its group, which a launch may import.

    :param wanted: the options.
    :param module: the launcher.
    :param find: gives the modules of the project.
    :param imported: the modules that are imported beside what top levels import; without it, all
        that they may import count.
    :returns: what is left of them, and, where something is, all of these modules.
    """
    left = set(wanted)
    reach = Reach({}, set(), set(), False)
    seen: set[str] = set()
    pending = deque([module.name, *(imported or ())])
    while pending and left and len(seen) < _MAX_MODULES:
        name = pending.popleft()
        if name in seen:
            continue
        seen.add(name)
        found = module if name == module.name else find(name)
        if found is None:
            if find(root_of(name)) is None:
                reach.outside.add(root_of(name))
            continue
        mentions = _mentions(found)
        left -= {
            (group, option)
            for group, option in left
            if plain(group or option) in mentions.words
            and (not group or plain(option) in mentions.names)
        }
        left -= {one for one in left if plain(one[1]) in mentions.asked}
        if mentions.registers:
            reach.registering[name] = mentions.words
            reach.names.update(mentions.names)
        if mentions.loads:
            reach = reach._replace(loads=True)
        pending.extend(with_packages(name))
        taken = mentions.taken if imported is None else _taken_at_top(found)
        for line in taken.imports:
            pending.extend(modules_of(line, found))
        root = f"{root_of(name)}."
        for named in taken.names:
            if named.startswith(root):
                pending.extend(with_packages(named))
    return (left if len(seen) < _MAX_MODULES else set()), reach


def anywhere(options: Iterable[Named], files: Iterable[str]) -> set[Named]:
    """Return those of some options that one of some files may make, by their names."""
    found: set[Named] = set()
    for path in files:
        module = load(path, path)
        if module is not None:
            words, names = _mentions(module)[1:3]
            found |= {one for one in options if plain(one[1]) in (names if one[0] else words)}
    return found


def _at_top(module: Module) -> _Taken:
    """Return what the top level of a module may import, in whatever branch."""
    divided = split(module.text)
    text = divided[1] if divided else module.text
    return _taken(text, set(_QUOTED.findall(text)))


def _taken(text: str, quoted: set[str]) -> _Taken:
    names = tuple(name for name in quoted if "." in name and "-" not in name)
    return _Taken(tuple(import_lines(text, len(text), anywhere=True)), names)


def _read(module: Module) -> _Mentions:
    text = module.text
    quoted = set(_QUOTED.findall(text))
    registers = "Opt" in text or known.TEXT.search(text) is not None
    words = frozenset(map(plain, quoted)) if registers or "opts" in text else frozenset()
    named = words if _COMPUTED.search(text) else frozenset(map(plain, _NAMED.findall(text)))
    return _Mentions(
        _taken(text, quoted),
        words,
        named,
        frozenset(plain("".join(found)) for found in _ASKED.findall(text)),
        registers,
        known.LOADERS.search(text) is not None,
    )


_mentions = Kept(_read)
_taken_at_top = Kept(_at_top)
