"""Everything that runs when a module is imported, in the order in which it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flake8_launcher.imports.sources import Found, Origin, Sources
from flake8_launcher.imports.summary import Event, Import
from flake8_launcher.knowledge import early_bindings, with_packages

MAX_MODULES = 6_000
"""So many modules are looked at; what comes after them is not told."""

MAX_EVENTS = 60_000
"""So many events are told of what one import leads to."""

MAX_DEPTH = 200
"""So many modules may import each other in a row."""

_NAMESPACE = "oslo"
"""What the packages of OpenStack's libraries stood in before 2015."""


class Loaded(NamedTuple):
    """Something that happens while modules are imported.

    :ivar event: what happens.
    :ivar module: the module in which it does.
    :ivar chain: the modules that lead there by importing each other; the last is that module.
    :ivar origin: where the module was found.
    :ivar perhaps: whether it stands under a condition of the project's that cannot be told.
    """

    event: Event
    module: str
    chain: tuple[str, ...]
    origin: Origin
    perhaps: bool


@dataclass(slots=True)
class _Frame:
    """A module that runs, or is about to.

    :ivar events: what is left of it; none before it has begun.
    """

    chain: tuple[str, ...]
    found: Found
    perhaps: bool
    events: Iterator[Event] | None = None


def closure(
    module: str, sources: Sources, seen: set[str], name: str | None = None
) -> Iterator[Loaded]:
    """Yield what happens when a module is imported, deepest first, each module once.

    :param module: the absolute name of the module.
    :param sources: what can be imported.
    :param seen: the modules that have been imported before; those imported now are added.
    :param name: what is taken from the module, which may be a module itself.
    """
    stack = _frames(Import(module, name, 0), (), sources, seen, None)
    left = MAX_EVENTS
    while stack:
        frame = stack[-1]
        if frame.events is None:
            if frame.chain[-1] in seen or len(seen) >= MAX_MODULES:
                stack.pop()
                continue
            seen.add(frame.chain[-1])
            frame.events = iter(frame.found.summary.events)
        event = next(frame.events, None)
        if event is None:
            stack.pop()
            continue
        left -= 1
        if left < 0:
            return
        found = frame.found
        if not all(_holds(need, sources, found) for need in event.needs):
            continue
        # what an installed package does under a condition, it mostly does: to count it found
        # a sixth more stale modules in 82 packages, and no package that keeps nothing
        perhaps = frame.perhaps or (event.perhaps and found.origin is Origin.PROJECT)
        yield Loaded(event, frame.chain[-1], frame.chain, found.origin, perhaps)
        if not isinstance(event, Import):
            continue
        if not _can_run(event, sources, found):
            # the import fails, and with it the rest of the module
            stack.pop()
        elif len(frame.chain) < MAX_DEPTH:
            stack.extend(_frames(event, frame.chain, sources, seen, found, perhaps))


def _can_run(event: Import, sources: Sources, importer: Found) -> bool:
    """Tell whether an import succeeds, as far as can be told."""
    package = event.module.partition(".")[0]
    if event.perhaps or event.needs or importer.origin is Origin.PROJECT:
        return True
    if importer.origin is Origin.TABLE and package not in early_bindings.packages():
        return True
    return sources.is_there(package, importer)


def _frames(
    event: Import,
    chain: tuple[str, ...],
    sources: Sources,
    seen: set[str],
    importer: Found | None,
    perhaps: bool = False,
) -> list[_Frame]:
    """Return the modules that an import runs, the first last, without those that have run."""
    return [
        _Frame((*chain, module), found, perhaps)
        for module, found in _known_modules(event, sources, importer)
        if module not in seen
    ]


def _known_modules(
    event: Import, sources: Sources, importer: Found | None
) -> tuple[tuple[str, Found], ...]:
    """Return the modules that are known of those that an import asks for, the first last.

    Rule after rule follows the same imports.
    """
    key = (event.module, event.name, importer and importer.summary.module)
    known = sources.imported.get(key)
    if known is None:
        asked = imported_modules(event, sources, importer)
        found = ((module, sources.find(module, importer)) for module in asked)
        known = tuple((module, one) for module, one in found if one)[::-1]
        sources.imported[key] = known
    return known


def imported_modules(event: Import, sources: Sources, importer: Found | None) -> Iterator[str]:
    """Yield the modules that an import asks for, parents first."""
    event = _renamed(event, sources)
    yield from with_packages(event.module)
    if event.name is None or event.name == "*":
        return
    found = sources.find(event.module, importer)
    if found is None:
        # a namespace package has no file, and one without anything to tell no entry in the table
        yield f"{event.module}.{event.name}"
    elif event.name in found.summary.lazy:
        candidates = found.summary.lazy[event.name]
        for candidate in candidates:
            if candidate == candidates[-1] or sources.find(candidate, importer):
                yield from with_packages(candidate)
                break
    elif found.summary.is_package:
        yield f"{event.module}.{event.name}"


def _renamed(event: Import, sources: Sources) -> Import:
    """Return an import of what was once in the namespace ``oslo`` as one of its package of today.

    ``oslo.messaging`` is what ``oslo_messaging`` was called.
    """
    space, dot, rest = event.module.partition(".")
    if space != _NAMESPACE or not (dot or event.name):
        return event
    part = rest.partition(".")[0] or event.name
    if sources.find(f"{space}.{part}"):
        return event  # the project's own
    if dot:
        return event._replace(module=f"{space}_{rest}")
    return event._replace(module=f"{space}_{event.name}", name=None)


def _holds(need: str, sources: Sources, importer: Found | None) -> bool:
    """Tell whether packages are there, or not, as an event needs it."""
    if need[0] != "!":
        return sources.is_there(need, importer)
    return not all(sources.is_there(package, importer) for package in need[1:].split(","))
