"""Notes what matters of what a module does when it is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flake8_launcher.imports.keeping import Keeping, Kept
from flake8_launcher.imports.summary import Called, Event, Held, Import, Needs, Read
from flake8_launcher.knowledge import canonical, order
from flake8_launcher.semantic.reading.model_config import model_config
from flake8_launcher.semantic.reading.modules import Module


class Noting(Keeping):
    """Notes what is read, kept and called, and on what that depends.

    :ivar events: what was seen, in order.
    """

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self._root = module.name.partition(".")[0]
        self.events: list[Event] = []
        self._holding: set[str] = set()
        self._set: set[str] = set()  # variables of the environment, whose values are its own
        self._globals: frozenset[str] = frozenset()
        self._owner = ""
        self._perhaps = False
        self._needs: Needs = ()
        self._depth = 0

    def _note(self, event: Event) -> None:
        self.events.append(event)

    def _imported(self, module: str, name: str | None, line: int) -> None:
        module = canonical(module)
        root = module.partition(".")[0]
        is_other = root not in sys.stdlib_module_names or root in order.STANDARD
        if is_other or root == self._root:
            self._note(Import(module, name, line, self._perhaps, self._needs))

    def _hold(self, kept: Iterable[Kept], attribute: str, line: int) -> None:
        root = attribute.partition(".")[0]
        if self._depth and self._local and root in self._local and root not in self._globals:
            return
        for name, kind, inner in dict.fromkeys(kept):
            place = f"{self._owner}{attribute}" + (f".{inner}" if inner else "")
            self._holding.add(place)
            self._note(Held(name, kind, place, line, self._perhaps, self._needs))

    def _release(self, attribute: str) -> None:
        """Forget what a name kept before it is bound to something else."""
        if attribute in self._holding:
            self._budget.spend(len(self.events))
            self._holding.discard(attribute)
            self.events = [
                event
                for event in self.events
                if not isinstance(event, Held)
                or event.attribute != attribute
                or event.kind == "base"
            ]

    def _read(self, key: ast.expr | None, reader: str, line: int) -> None:
        """Note that a variable of the environment is read; all of them without a key.

        A name that cannot be told may be that of what has to be known before.
        """
        name = self._text(key) if key is not None else ""
        if name == "" or (name is not None and name not in self._set):
            self._note(Read(name, reader, line, self._perhaps, self._needs))

    def _read_settings(self, cls: ast.ClassDef, node: ast.Call) -> None:
        """Note what an instance of a class of settings reads when it is made."""
        names = [self.name_of(base) or "" for base in cls.bases]
        reader = next((name for name in names if name in order.SETTINGS), None)
        configured = {
            name: self.value(value)
            for inner in cls.body
            for name, value in model_config(inner)
            if name in (order.PREFIX, order.FILE)
        }
        prefix = configured.get(order.PREFIX, "")
        if reader is None or order.FILE in configured or not isinstance(prefix, str):
            return
        if any(keyword.arg in (None, f"_{order.FILE}") for keyword in node.keywords):
            return  # it reads the file itself
        given = {keyword.arg for keyword in node.keywords}
        for inner in cls.body:
            match inner:
                case ast.AnnAssign(target=ast.Name(id=field)) if field not in given:
                    name = f"{prefix}{field}".upper()
                    self._note(Read(name, reader, node.lineno, self._perhaps, self._needs))

    def _text(self, node: ast.expr) -> str | None:
        """Return the text that an expression is, as far as is known."""
        if isinstance(node, ast.Name) and node.id == "__name__":
            return self._module.name
        value = self.value(node)
        return value if isinstance(value, str) else None

    def _literal(self, node: ast.expr) -> object:
        value = self.value(node)
        return value if value is None or isinstance(value, bool | int | str) else ...

    def _named(self, node: ast.expr) -> object:
        """Return a literal, or the qualified name of what is none."""
        known = self._literal(node)
        return known if known is not ... else self.name_of(node) or ...

    def _needing_settings(self, node: ast.Attribute) -> Called:
        """Return the read of one of Django's settings."""
        name = order.DJANGO_SETTINGS
        return Called(name, node.attr, (), node.lineno, self._perhaps, self._needs)

    @contextmanager
    def _setting(self, body: Iterable[ast.stmt]) -> Iterator[None]:
        """Leave out reads that only tell whether, or to what, statements set the variable."""
        outer = self._set
        self._set = outer | {
            self._text(target.slice) or ""
            for node in body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Subscript)
            if self.name_of(target.value) == order.ENVIRONMENT
        }
        try:
            yield
        finally:
            self._set = outer

    @contextmanager
    def _maybe(self) -> Iterator[None]:
        """Run what may not run."""
        perhaps, self._perhaps = self._perhaps, True
        try:
            yield
        finally:
            self._perhaps = perhaps

    @contextmanager
    def _needing(self, needs: Needs) -> Iterator[None]:
        """Run what needs packages to be there, or not."""
        outer = self._needs
        self._needs = (*outer, *(need for need in needs if need not in outer))
        try:
            yield
        finally:
            self._needs = outer
