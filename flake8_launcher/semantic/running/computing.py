"""What calls of the language's own functions and methods give, where that is known."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import language
from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import MAX_ITEMS
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.modules import Imported
from flake8_launcher.semantic.running.invoking import Invoking
from flake8_launcher.semantic.running.names import key_of
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Mapping,
    Method,
    Partial,
    Sequence,
    Symbol,
    Values,
    copied,
    filled,
    put_together,
    symbol,
    texts,
    union,
    words,
)

_MAX_GROWN = 64


class Computing(Invoking):
    """Computes what calls of built-in objects give."""

    def _computed(
        self, called: ast.expr, name: str, owners: Values, arguments: Arguments, frame: Frame
    ) -> Values | None:
        """Return the result of a call whose meaning belongs to the language, or none.

        :param name: the qualified name of what is called.
        :param owners: what it may be a method of.
        """
        if isinstance(called, ast.Attribute):
            computed = self._by_method(called, name, owners, arguments, frame)
            if computed is not None:
                return computed
        return self._by_function(name, arguments)

    def _by_method(
        self, called: ast.Attribute, name: str, owners: Values, arguments: Arguments, frame: Frame
    ) -> Values | None:
        """Return what a method of a built-in object gives, or none; lists and mappings grow."""
        method = called.attr
        if method in language.GROWS:
            self._grow(called.value, method, arguments, frame)
        elif name in language.TEXT_METHODS:
            return self._text(owners, name, arguments)
        elif method == "split" and _is_at_blanks(arguments):
            return words(owners) or None
        elif method == "setdefault":
            item = (key_of(arguments.get(0, "key")), arguments.get(1, "default"))
            self._fill(called.value, owners, (item,), frame, missing=True)
        elif method == "update":
            self._fill(called.value, owners, _filled(arguments), frame)
        elif method in language.LOOKS_UP and _are_tables(owners, 0):
            return union(self._element(owners, _key(arguments)), arguments.get(1, "default"))
        elif method in language.LISTS_ALL and _are_tables(owners):
            return (Sequence((_listed(owners, method),)),)
        return None

    def _by_function(self, name: str, arguments: Arguments) -> Values | None:
        """Return what a built-in function gives, or one of the standard library, or none."""
        first = arguments.positional[0] if arguments.positional else ()
        if name == "dict" and not arguments.positional and arguments.complete:
            return (Mapping(dict(arguments.keywords)),)
        if not first:
            return None
        if name == language.ASKS_SYSTEM and texts(first):
            return (Constant("linux".startswith(texts(first)[0])),)
        if name == language.ASKS_ROOT and len(first) == 1 and texts(first):
            return (Constant(texts(first)[0].startswith("/")),)
        if name == "float":
            signless = (text.lstrip("+").lower() for text in texts(first))
            is_infinite = any(text in language.INFINITIES for text in signless)
            return (symbol(language.INFINITE),) if is_infinite else None
        if name in language.COPIES and len(first) == 1 and isinstance(first[0], Symbol):
            if len(arguments.positional) == 1 and not arguments.keywords:
                return (copied(first[0]),)
        if name == language.ENUMERATES:
            return (Sequence(((Sequence((NOTHING, self._elements(first))),),)),)
        if name in language.PARTIALS:
            rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.complete)
            return (Partial(first, rest),)
        if name == language.FILTERS and len(arguments.positional) == 2 and _is_none(first):
            return arguments.positional[1]
        if name == "getattr" and len(arguments.positional) > 1:
            wanted = texts(arguments.positional[1])
            return union(*(self._attribute(first, one) for one in wanted)) if wanted else None
        if name in language.ITERATES and len(arguments.positional) == 1:
            return first
        if name == language.SPLITS:
            return words(first) or None
        if name in language.CASTS:
            return arguments.get(1, "val") or None
        if name in language.PARSED_MAPPING and texts(first):
            return self._defaults.get(texts(first)[0])
        if name in language.IMPORTERS and texts(first):
            package = "".join(texts(arguments.get(1, "package"))[:1])
            named = (modules.resolved(one, package) for one in texts(first))
            return union(*(self._imported(Imported(one)) for one in named if one))
        if name == "type" and len(arguments.positional) == 1:
            return tuple(value.cls for value in first if isinstance(value, Instance)) or None
        if (
            name in language.PASSES_THROUGH
            or (name in language.FINDS_PROGRAM and texts(first))
            or name in language.METHOD_KINDS
            or name.rpartition(".")[2] in language.ENTERS_CONTEXT
        ):
            return first
        return None

    def _text(self, owners: Values, method: str, arguments: Arguments) -> Values:
        """Return what a method of a literal text gives, where its arguments are known."""
        pattern = texts(owners)
        if len(pattern) != 1 or not arguments.complete:
            return NOTHING
        if method == "str().join":
            several = list(_items(arguments))
            self.budget.spend(sum(map(len, several)))
            return union(*(_put_between(pattern[0], items) for items in several))
        return _formatted(pattern[0], arguments)

    def _grow(self, target: ast.expr, method: str, arguments: Arguments, frame: Frame) -> None:
        """Put what a call appends into the list that a name or attribute stands for."""
        if self._quiet or not isinstance(target, ast.Name | ast.Attribute):
            return
        with self._silently():
            known = self._value(target, frame)
        lists = [one for one in known if isinstance(one, Sequence)]
        if not arguments.positional or not lists or len(lists) < len(known):
            return
        added = arguments.positional[-1]
        if method == "extend":
            added = self._elements(added)
        if all(len(one.items) < _MAX_GROWN for one in lists):
            self.budget.spend(sum(len(one.items) for one in lists[1:]))
            self._assign(target, tuple(Sequence((*one.items, added)) for one in lists), frame)


def _filled(arguments: Arguments) -> Iterator[tuple[object, Values]]:
    """Yield the items that ``update`` puts into a dictionary, ``...`` for a key not known."""
    yield from arguments.keywords
    for value in (value for values in arguments.positional for value in values):
        yield from value.items.items() if isinstance(value, Mapping) else ((..., NOTHING),)
    if not arguments.complete:
        yield ..., NOTHING


def _are_tables(values: Values, objects: int = 2) -> bool:
    """Tell whether values are mappings of what the project makes, of which one may be empty.

    Functions and classes, of which one is chosen, or objects, of which each is asked.

    :param objects: how many objects there may be: to ask many different ones costs much.
    """
    held = [value for one in values if isinstance(one, Mapping) for value in one.all()]
    if not held or not all(isinstance(one, Mapping) for one in values):
        return False
    if any(isinstance(one, Class | Function | Method | Partial) for one in held):
        return True
    made = sum(isinstance(one, Instance) for one in held)
    return 0 < made <= objects


def _is_none(values: Values) -> bool:
    return len(values) == 1 and isinstance(values[0], Constant) and values[0].value is None


def _listed(tables: Values, method: str) -> Values:
    """Return what each of the values of some tables is, or each of their items."""
    values = union(*(table.all() for table in tables if isinstance(table, Mapping)))
    return values if method == "values" else (Sequence((NOTHING, values)),)


def _key(arguments: Arguments) -> object:
    """Return the literal that is looked up, none where it is not known."""
    key = arguments.get(0, "key")
    return key[0].value if len(key) == 1 and isinstance(key[0], Constant) else None


def _items(arguments: Arguments) -> Iterator[tuple[Values, ...]]:
    """Yield the elements of each sequence that may be the first argument, or none."""
    first = arguments.positional[0] if arguments.positional else ()
    lists = [one for one in first if isinstance(one, Sequence)]
    if lists and len(lists) == len(first):
        yield from (one.items for one in lists)
    else:
        yield (tuple(value for value in first if isinstance(value, Symbol)),)


def _is_at_blanks(arguments: Arguments) -> bool:
    """Tell whether a text is split into its words."""
    if arguments.keywords or not arguments.complete:
        return False
    return not arguments.positional or texts(arguments.positional[0]) == (" ",)


def _put_between(separator: str, items: tuple[Values, ...]) -> Values:
    """Return a text that a separator makes of others."""
    between: tuple[Values, ...] = ((Constant(separator),),) if separator else ()
    pieces = [piece for item in items[:MAX_ITEMS] for piece in (*between, item)]
    return put_together(pieces[len(between) :])


def _formatted(pattern: str, arguments: Arguments) -> Values:
    """Return a text that ``format`` fills."""

    def given(key: int | str) -> Values:
        found = arguments.keyword(key) if isinstance(key, str) else arguments.get(key, "")
        return found or NOTHING

    try:
        return filled(formats.brace_pieces(pattern), given)
    except ValueError:
        return NOTHING
