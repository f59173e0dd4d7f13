"""What a launch imports, keeps and replaces, in the order in which it happens."""

from __future__ import annotations

import ast
import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from flake8_launcher.imports.closure import Loaded, closure
from flake8_launcher.imports.sources import Sources
from flake8_launcher.imports.summary import Called, Import
from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.order import DJANGO_SETTINGS
from flake8_launcher.launch.model import LaunchPath, ModuleImport, Moment, Step
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module


class Timeline:
    """Puts the steps of a launch path and what its imports do into one order.

    :param module: the checked module.
    :param sources: what it may import.
    :param is_file: whether a server runs it as a file, and imports none of its packages.
    """

    def __init__(self, module: Module, sources: Sources, is_file: bool = False) -> None:
        self._module = module
        self._sources = sources
        # a script without .py may be called like a package of the project
        is_module = module.path.endswith(".py") and not is_file
        self._name = module.name if is_module else "__main__"
        self._places: dict[int, tuple[int, int] | None] = {}
        self._bodies: dict[ast.stmt, list[ast.stmt]] = {}
        self._others: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        sources.add(self._name, module)

    def until(self, path: LaunchPath, wanted: list[Step]) -> Iterator[Moment]:
        """Yield what happens on a launch path, up to the last of some of its steps."""
        left = len(wanted)
        chosen = set(map(id, wanted))
        for moment in self.whole(path, wanted):
            yield moment
            if id(moment.event) in chosen:
                left -= 1
                if not left:
                    return

    def whole(self, path: LaunchPath, wanted: list[Step]) -> Iterator[Moment]:
        """Yield what happens on a launch path, with those of its steps that are wanted."""
        seen: set[str] = set()
        yield from self._at_import(path, wanted, seen)
        yield from self._taken((step for step in path.steps if step.origin is None), seen)

    def _at_import(self, path: LaunchPath, wanted: list[Step], seen: set[str]) -> Iterator[Moment]:
        """Yield what happens until the checked module is imported, its parents first.

        The imports are in order, and the steps that the top level of one of their modules takes
        stand among them by their lines.
        """
        own = self._name
        steps: dict[str, list[Step]] = defaultdict(list)
        chosen = set(map(id, wanted))
        main = f"{self._module.name}.{path.entry}"
        for step in path.steps:
            # imports of the top level are told by the closure, but not those of the main block
            is_untold = isinstance(step, ModuleImport) and step.chain[0] == main
            if step.origin is not None and (is_untold or id(step) in chosen):
                steps[step.origin[0] if step.is_imported else own].append(step)
        first = next(syntax.running(self._module.tree.body), None)
        place = (first.lineno, first.col_offset) if first is not None else (1, 0)
        running: tuple[str, ...] = ()
        start = place
        for loaded in self._imported(seen):
            if loaded.chain is not running:
                for name in _ended(running, loaded.chain):
                    yield from self._taken(steps.pop(name, ()), seen)
                running = loaded.chain
            waiting = steps.get(loaded.module, [])
            while waiting and _line(waiting[0]) < loaded.event.line:
                yield from self._taken([waiting.pop(0)], seen)
            if waiting and running == (own,):
                before = self._before(waiting, loaded.event.line)
                yield from self._taken(waiting[:before], seen)
                del waiting[:before]
            if running[0] == own and isinstance(loaded.event, Import) and len(running) == 1:
                place = self._place(loaded.event.line) or place
            at = place if running[0] == own else start
            if running == (own,):
                if isinstance(loaded.event, Called) and loaded.event.name != DJANGO_SETTINGS:
                    continue  # the steps tell it
                at = self._place(loaded.event.line) or place
            yield self._loaded(loaded, at)
            if steps and isinstance(loaded.event, Import):
                for name in loaded.event.names:
                    if name in steps and self._is_silent(name):
                        yield from self._taken(steps.pop(name), seen)
        for name in (*reversed(running), *tuple(steps)):
            yield from self._taken(steps.pop(name, ()), seen)

    def _imported(self, seen: set[str]) -> Iterator[Loaded]:
        """Yield what happens when the checked module is imported, its parents first.

        A parent that imports the module runs it there: what that leads to is the module's own.
        """
        told: tuple[str, ...] = ()
        for loaded in closure(self._name, self._sources, seen):
            if loaded.chain is not told:
                told = chain = loaded.chain
                if self._name in chain:
                    chain = chain[chain.index(self._name) :]
            yield loaded if chain is told else loaded._replace(chain=chain)

    def _before(self, waiting: list[Step], line: int) -> int:
        """Return how many of some steps come before what stands in a line of the checked module.

        A function that the top level calls takes steps, and imports, in the order of its lines,
        whatever the line of the call.
        """
        holder = _holder(self._module.tree.body, line)
        if not isinstance(holder, ast.FunctionDef | ast.AsyncFunctionDef):
            return 0
        return max(
            (
                number
                for number, step in enumerate(waiting, 1)
                if not step.place and _first(holder) <= step.line < line
            ),
            default=0,
        )

    def _is_silent(self, name: str) -> bool:
        """Tell whether the import of a module leads to nothing else that is told."""
        found = self._sources.find(name, None)
        return found is not None and not found.summary.events

    def _taken(self, steps: Iterable[Step], seen: set[str]) -> Iterator[Moment]:
        """Yield steps, each with what it imports."""
        for step in steps:
            place = (step.line, step.column)
            if not isinstance(step, ModuleImport):
                yield Moment(*place, step, step.conditional, step.chain, step)
                continue
            module = canonical(step.name)
            event = Import(module, step.taken, step.line)
            yield Moment(*place, event, step.conditional, (), step)
            for loaded in closure(module, self._sources, seen, step.taken):
                yield self._loaded(loaded, place, step)

    def _loaded(self, loaded: Loaded, place: tuple[int, int], step: Step | None = None) -> Moment:
        if loaded.chain is not self._others[0]:
            others = tuple(name for name in loaded.chain if name != self._name)
            self._others = (loaded.chain, others)
        chain = self._others[1]
        perhaps = loaded.perhaps or (step is not None and step.conditional)
        return Moment(*place, loaded.event, perhaps, chain, step, loaded.perhaps)

    def _place(self, line: int) -> tuple[int, int] | None:
        """Return line and column of the innermost statement that stands in a line.

        Of several on one line it is the first.
        """
        if line not in self._places:
            place = None
            body = self._module.tree.body
            while body:
                holder = _holder(body, line)
                if holder is None:
                    break
                place = (min(line, holder.lineno), holder.col_offset)
                body = self._inner(holder)
            self._places[line] = place
        return self._places[line]

    def _inner(self, holder: ast.stmt) -> list[ast.stmt]:
        """Return the statements in the blocks of a statement, in the order of their lines."""
        if holder not in self._bodies:
            inner = (statement for block in syntax.blocks(holder) for statement in block)
            self._bodies[holder] = sorted(inner, key=_first)
        return self._bodies[holder]


def _holder(body: list[ast.stmt], line: int) -> ast.stmt | None:
    """Return the first of some statements in order that stands in a line."""
    at = bisect.bisect_right(body, line, key=_first) - 1
    while at > 0 and _last(body[at - 1]) >= line:
        at -= 1
    return body[at] if at >= 0 and _last(body[at]) >= line else None


def _ended(before: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    """Return the modules of a chain that are not in the next one at their place, last first."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, now)))
    return list(reversed(before[same:]))


def _first(node: ast.stmt) -> int:
    """Return the first line of a statement, its decorators among it."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _last(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _line(step: Step) -> int:
    return step.origin[1] if step.origin else 0
