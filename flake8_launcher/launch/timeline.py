"""What a launch imports, keeps and replaces, in the order in which it happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from flake8_launcher.imports.closure import Loaded, closure
from flake8_launcher.imports.sources import Sources
from flake8_launcher.imports.summary import Import
from flake8_launcher.knowledge import Role, patchers
from flake8_launcher.launch.model import LaunchPath, Moment, Step
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.modules import Module


class Timeline:
    """Puts the steps of a launch path and what its imports do into one order.

    :param module: the checked module.
    :param sources: what it may import.
    """

    def __init__(self, module: Module, sources: Sources) -> None:
        self._module = module
        self._sources = sources

    def until(self, path: LaunchPath, *roles: Role) -> Iterator[Moment]:
        """Yield what happens on a launch path, up to the last step that has one of some roles."""
        left = sum(1 for _ in path.having(*roles))
        imports = [step.name.partition(".")[0] for step in path.having(Role.IMPORT)]
        late = sum(1 for root in imports if root in patchers.WHEN_IMPORTED)
        if not left and not late:
            return
        for moment in self._all(path):
            yield moment
            if isinstance(moment.event, Step) and moment.event.role in roles:
                left -= 1
                if left <= 0 and not late:
                    return

    def _all(self, path: LaunchPath) -> Iterator[Moment]:
        seen: set[str] = set()
        yield from self._at_import(path, seen)
        yield from self._taken((step for step in path.steps if step.origin is None), seen)

    def _at_import(self, path: LaunchPath, seen: set[str]) -> Iterator[Moment]:
        """Yield what happens until the checked module is imported, its parents first.

        The imports are in order, and the steps that the top level of one of their modules takes
        stand among them by their lines.
        """
        steps: dict[str, list[Step]] = defaultdict(list)
        main = f"{self._module.name}.{path.entry}"
        for step in path.having(Role.PATCH, Role.BACKEND, Role.IMPORT):
            # imports of the top level are told by the closure, but not those of the main block
            told = step.role is Role.IMPORT and step.chain[0] != main
            if step.origin is not None and not told:
                steps[step.origin[0]].append(step)
        own = self._module.name
        place = self._places.get(0, (1, 0))
        running: tuple[str, ...] = ()
        for loaded in closure(own, self._sources, seen):
            ended = [
                name for at, name in enumerate(running) if loaded.chain[at : at + 1] != (name,)
            ]
            for name in reversed(ended):
                yield from self._taken(steps.pop(name, ()), seen)
            running = loaded.chain
            waiting = steps.get(loaded.module, [])
            while waiting and _line(waiting[0]) < loaded.event.line:
                yield from self._taken([waiting.pop(0)], seen)
            if running[0] == own and isinstance(loaded.event, Import) and len(running) == 1:
                place = self._places.get(loaded.event.line, place)
            at = place
            if running == (own,):
                at = self._places.get(loaded.event.line, place)
            yield _loaded(loaded, at, False)
        for name in (*reversed(running), *tuple(steps)):
            yield from self._taken(steps.pop(name, ()), seen)

    def _taken(self, steps: Iterable[Step], seen: set[str]) -> Iterator[Moment]:
        """Yield steps, each with what it imports."""
        for step in steps:
            yield Moment(step.line, step.column, step, step.conditional, step.chain)
            if step.role is Role.IMPORT:
                taken = step.arguments[0].text
                for loaded in closure(step.name, self._sources, seen, taken):
                    yield _loaded(loaded, (step.line, step.column), step.conditional)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        """Line and column of the statement of the top level that stands in a line.

        Under 0 is the first that runs: what runs before it is led to by it.
        """
        tree = self._module.tree
        places = {
            statement.lineno: (statement.lineno, statement.col_offset)
            for statement in reversed(list(modules.statements(tree.body)))
        }
        first = next(modules.running(tree.body), None)
        if first is not None:
            places[0] = (first.lineno, first.col_offset)
        return places


def _line(step: Step) -> int:
    return step.origin[1] if step.origin else 0


def _loaded(loaded: Loaded, place: tuple[int, int], perhaps: bool) -> Moment:
    return Moment(*place, loaded.event, perhaps or loaded.perhaps, loaded.chain)
