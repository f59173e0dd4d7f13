"""Options that the modules which a launch may import do not so much as mention in their texts.

More modules are looked at than are imported: imports count in whatever branch, and so do names of
modules in quotes. What none of them mentions is not registered; of the rest nothing is said.
"""

from __future__ import annotations

import itertools
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge import root_of, with_packages
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.import_lines import (
    ImportLine,
    import_lines,
    modules_taken,
)
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import split

_WORD = r"[\"']([\w.-]{1,80})[\"']"
_QUOTED = deferred(_WORD)
_QUOTED_ALONE = deferred(rf"(?<!default=){_WORD}")
"""What is in quotes, and not what an option names that is not read yet."""
_LOADS = deferred(r"(?:import|load|[Ll]azy|[Pp]lug)\w{0,60}\(")
"""Text of a call that may import what a text names."""
_NAMED = tuple(
    deferred(rf"{named}{_WORD}")
    for named in (
        r"Opt\(\s*",
        r"name(?:(?<!\wname)|(?<=\bdeprecated_name))\s*=\s*",
        r"dest(?<!\wdest)\s*=\s*",
    )
)
"""What names an option that is made. Each begins with plain text: that is searched for at once."""
_COMPUTED = deferred(r"Opt\(\s*(?!\s|[\"')]|(?:dest|name)\s*=\s*[\"'])")
"""Text of an option that is made under a computed name."""
_ASKED = tuple(
    deferred(asked)
    for asked in (
        r"hasattr\([\w.]+, *[\"'](\w+)",
        r"[\"']([\w-]+)[\"'] (?:not )?in [\w.]*CONF\b",
        r"CONF\.(?:\w+\.)?(\w+) = ",
    )
)
"""What is asked whether it is there, or set."""
_INDENTED = deferred(r"\n[ \t]+(?:from|import) ")
_MAX_MODULES = 3_000

Named: TypeAlias = tuple[str, str]
"""The group of an option, empty for ``DEFAULT``, and its name."""


class _Taken(NamedTuple):
    """What a text may import.

    :ivar lines: what its statements import.
    :ivar modules: what may be modules of that.
    :ivar names: what may be modules of the same package in quotes.
    """

    lines: tuple[ImportLine, ...]
    modules: tuple[str, ...]
    names: tuple[str, ...]


class _Words(NamedTuple):
    """What a text has in quotes, with underscores for hyphens.

    :ivar quoted: all words.
    :ivar names: those that name an option; all words where a name is computed.
    :ivar asked: options that it asks for before it reads them, or sets.
    """

    quoted: frozenset[str]
    names: frozenset[str]
    asked: frozenset[str]


class Reach(NamedTuple):
    """The modules that a launch may import.

    :ivar registering: those of the project that may register options, by name, each with the
        words that it has in quotes.
    :ivar names: the names that options may have.
    :ivar outside: the top-level packages that are not the project's.
    :ivar loads: whether one of them loads what the metadata or a file names.
    """

    registering: Mapping[str, frozenset[str]]
    names: frozenset[str]
    outside: frozenset[str]
    loads: bool


def plain(name: str) -> str:
    """Return the name of an option or group as it is compared."""
    return name.replace("-", "_")


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
    modules: dict[str, Module] = {}
    outside: set[str] = set()
    taken = _taken if imported is None else _taken_at_top
    reached = _reached(module, find, taken, imported or ())
    for count, (name, found) in enumerate(reached if left else ()):
        if count >= _MAX_MODULES:
            left.clear()
        elif found is not None:
            modules[name] = found
            left -= {option for option in left if _may_have(found, option)}
        elif find(root_of(name)) is None:
            outside.add(root_of(name))
        if not left:
            break
    return left, _reach(modules if left else {}, outside)


def imported(
    module: Module, find: Callable[[str], Module | None], beside: Iterable[str]
) -> Iterator[tuple[str, Module | None]]:
    """Yield the names of what a launch has imported, with what the project has of it.

    :param module: the launcher.
    :param find: gives the modules of the project.
    :param beside: the modules that are imported beside what top levels import.
    """
    for count, (name, found) in enumerate(_reached(module, find, _taken_at_top, beside)):
        if count >= _MAX_MODULES:
            yield "?", None
            return
        yield name, found


def asks(module: Module, option: Named) -> bool:
    """Tell whether a module sets an option, or asks whether it is there."""
    return _has_words(module, option) and plain(option[1]) in _words(module).asked


def of_command_line(module: Module, find: Callable[[str], Module | None]) -> Iterator[str]:
    """Yield the modules that the top level of one may import and that register, by their words,
    options of the command line.

    :param module: the launcher.
    :param find: gives the modules of the project.
    """
    reached = _reached(module, find, _taken_at_top)
    for name, found in itertools.islice(reached, _MAX_MODULES):
        if found is not None and any(word in found.text for word in known.CLI_REGISTRARS):
            yield name


def _reached(
    module: Module,
    find: Callable[[str], Module | None],
    taken: Callable[[Module], _Taken],
    imported: Iterable[str] = (),
) -> Iterator[tuple[str, Module | None]]:
    """Yield the names of what a module may import, itself first, with what the project has of it.

    :param taken: tells what each imports.
    :param imported: more modules to begin with.
    """
    seen: set[str] = set()
    pending = deque([module.name, *imported])
    while pending:
        name = pending.popleft()
        if name in seen:
            continue
        seen.add(name)
        found = module if name == module.name else find(name)
        yield name, found
        if found is None:
            continue
        pending.extend(with_packages(name))
        for inner in taken(found).modules:
            if inner not in seen:
                # what holds options comes first, and mostly is enough
                (pending.appendleft if "conf" in inner else pending.append)(inner)
        for named in taken(found).names:
            pending.extend(with_packages(named))


def _may_have(module: Module, option: Named) -> bool:
    """Tell whether a module may register an option, sets it, or asks whether it is there."""
    if not _has_words(module, option):
        return False
    group, name = map(plain, option)
    words = _words(module)
    if name in words.asked:
        return True
    if not group:
        return name in words.quoted  # what is read without a group may be one
    return name in words.names and group in words.quoted


def _has_words(module: Module, option: Named) -> bool:
    """Tell whether the words of an option stand in a text at all: in most they do not."""
    group, name = option
    text = module.text
    if not _has_word(text, name):
        return False
    return _has_word(text, group) or "hasattr(" in text or plain(group) in _own_words(module)


def _own_words(module: Module) -> frozenset[str]:
    """Return the words of a module's own name, where its text may name a group by that."""
    return frozenset(module.name.split(".") if "__name__" in module.text else ())


def _has_word(text: str, word: str) -> bool:
    return word in text or ("_" in word and word.replace("_", "-") in text)


def _reach(modules: Mapping[str, Module], outside: Iterable[str]) -> Reach:
    registering = {name: one for name, one in modules.items() if registers(one)}
    return Reach(
        {name: _words(one).quoted for name, one in registering.items()},
        frozenset(word for one in registering.values() for word in _words(one).names),
        frozenset(outside),
        any(known.LOADERS.search(one.text) for one in modules.values()),
    )


def anywhere(options: Iterable[Named], files: Iterable[str]) -> set[Named]:
    """Return those of some options that one of some files may register, by their words.

    It may take the option from another one, which it names then.
    """
    wanted = set(options)
    either = {word for option in wanted for word in option if word}
    modules = (load(path, path) for path in files)
    telling = [
        module
        for module in modules
        if module is not None and any(_has_word(module.text, word) for word in either)
    ]
    return {
        option
        for option in wanted
        if any(_may_have(one, option) for one in telling)
        or any(_passes(one, other, option) for one in telling for other in telling)
    }


def _passes(module: Module, user: Module, option: Named) -> bool:
    """Tell whether a module may make an option that one which imports it registers in a group."""
    group, name = map(plain, option)
    if not group or name not in _words(module).names or group not in _words(user).quoted:
        return False
    base = os.path.basename(module.path.removesuffix("/__init__.py").removesuffix(".py"))
    lines = _taken(user).lines
    return any(base in (line.source.rpartition(".")[2], *line.names) for line in lines)


def registers(module: Module) -> bool:
    """Tell whether a module may register options, or make some."""
    return "Opt" in module.text or known.TEXT.search(module.text) is not None


def _read_words(module: Module) -> _Words:
    text = module.text
    asked = _found(_ASKED, text)
    if "opts" not in text and not registers(module):
        return _Words(frozenset(), frozenset(), asked)
    quoted = _found([_QUOTED], text).union(_own_words(module))
    return _Words(quoted, quoted if _COMPUTED.search(text) else _found(_NAMED, text), asked)


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(plain(word) for pattern in patterns for word in pattern.findall(text))


def _read_taken(module: Module) -> _Taken:
    inside = _inside(module)
    quoted = _QUOTED.findall(module.text) if inside else ()
    return _taken_by(module, module.text, inside, quoted)


def _read_taken_at_top(module: Module) -> _Taken:
    """Return what the top level of a module may import, in whatever branch."""
    inside = _inside(module)
    divided = split(module.text) if inside or _INDENTED.search(module.text) else None
    text = divided[1] if divided else module.text
    may_load = inside and _LOADS.search(text)
    quoted = _QUOTED_ALONE.findall(text) if may_load else ()
    return _taken_by(module, text, inside, quoted)


def _inside(module: Module) -> str:
    """Return what the modules of a module's package begin with, if its text has that in quotes."""
    inside = f"{root_of(module.name)}."
    return inside if f'"{inside}' in module.text or f"'{inside}" in module.text else ""


def _taken_by(module: Module, text: str, inside: str, quoted: Iterable[str]) -> _Taken:
    names = (name for name in quoted if name.startswith(inside) and "-" not in name)
    lines = tuple(import_lines(text, anywhere=True))
    return _Taken(lines, modules_taken(lines, module), tuple(names))


_words = Kept(_read_words)
_taken = Kept(_read_taken)
_taken_at_top = Kept(_read_taken_at_top)
