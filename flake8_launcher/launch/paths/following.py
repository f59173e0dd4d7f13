"""Follows the launch paths of a module, with the rest of its project or alone."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from flake8_launcher.gate import words
from flake8_launcher.knowledge import Role, known_roles_of
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL, Entry, groups_of
from flake8_launcher.launch.model import DECIDES, Call, LaunchPath, OptionRead, Step
from flake8_launcher.launch.paths.patch_calls import calls_patch
from flake8_launcher.launch.paths.recorder import Recorder
from flake8_launcher.launch.paths.roles import completed
from flake8_launcher.launch.paths.withdrawn import without_roles
from flake8_launcher.semantic.budget import STEP, BoundReachedError, Budget
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running.interpreter import Interpreter
from flake8_launcher.semantic.running.state import MAX_FOLLOWED, MAX_UNITS

_FEW_UNITS = MAX_UNITS // 12
_MAX_BEGUN = 6


class _Run(NamedTuple):
    """What has followed a path, and whether it came to the end."""

    interpreter: Interpreter
    recorder: Recorder
    is_complete: bool


class Following:
    """Follows launch paths of one module; the top level, which all begin with, only once.

    :param module: the module.
    :param finder: gives the other modules of the project; without it, the module is followed as
        far as it shows itself where the paths lead.
    :param shallow: whether the other modules only tell what names mean, and no call is followed
        into them.
    :param thorough: whether the top level of every module that is imported is followed, and not
        only of those that patch or set variables.
    """

    def __init__(
        self,
        module: Module,
        finder: Finder | None = None,
        shallow: bool = False,
        thorough: bool = False,
    ) -> None:
        self._module = module
        self._finder = finder
        self._shallow = shallow
        self._thorough = thorough
        # two paths may be as long as one can be; of a few more the beginning is followed then
        self._budget = Budget(MAX_UNITS * 3 // 2)
        self._left = _MAX_BEGUN
        # a path that is cut, and serves nobody, is followed once more: one call may cost all then
        self._may_go_further = True

    def paths(self, entries: Iterable[Entry]) -> Iterator[LaunchPath]:
        """Yield the launch paths of some entry functions."""
        return map(self._path, entries)

    def _path(self, entry: Entry) -> LaunchPath:
        run, before = self._followed(entry)
        path = self._written(entry, run, before)
        is_missed = run.interpreter.leaves_out and path.first(Role.SERVE) is None
        if is_missed and entry.certain and self._may_go_further:
            self._may_go_further = False
            further = self._written(entry, *self._followed(entry, most=MAX_UNITS))
            if further.first(Role.SERVE) is not None:
                return further
        return path

    def _followed(self, entry: Entry, most: int = MAX_FOLLOWED) -> tuple[_Run, frozenset[str]]:
        """Follow what begins with an entry function.

        :param most: how much a call into another module may cost at most.
        :returns: what has followed it, and the groups that run before a command.
        """
        if entry.name == MAIN_BLOCK:
            return self._run(entry.name, most), frozenset()
        begun = self._begun
        if most > MAX_FOLLOWED and entry.name == MODULE_LEVEL:
            begun = self._run(most=most)
        recorder = begun.recorder.continued()
        interpreter = begun.interpreter.continued(recorder)
        interpreter.most = most
        if self._budget.spent > self._budget.limit:
            if not self._left:
                return begun._replace(is_complete=False), frozenset()
            self._left -= 1
            interpreter.budget.limit = interpreter.budget.spent + _FEW_UNITS
        is_complete = begun.is_complete
        goes_on = is_complete and not begun.interpreter.is_over
        groups = groups_of(self._module, entry.name) if goes_on else ()
        if goes_on and entry.name != MODULE_LEVEL:
            try:
                for name in (*groups, entry.name):
                    recorder.enter(name)
                    interpreter.run_function(self._module, name, name in groups)
            except (BoundReachedError, RecursionError):
                is_complete = False
        own = interpreter.budget.spent - begun.interpreter.budget.spent
        self._budget.spent += own + interpreter.held // STEP
        before = frozenset(f"{self._module.name}.{name}" for name in groups)
        recorder.steps = _without_service(recorder.steps, before)
        return _Run(interpreter, recorder, is_complete), before

    @cached_property
    def _begun(self) -> _Run:
        """What has followed the top level."""
        return self._run()

    @property
    def _is_deep(self) -> bool:
        return self._finder is not None and not self._shallow

    def _run(self, main_block: str = "", most: int = MAX_FOLLOWED) -> _Run:
        """Follow the top level, with the blocks in it that run in a script alone if it is one.

        :param most: how much a call into another module may cost at most.
        """
        relative = self._finder.project.relative if self._finder else os.path.basename
        recorder = Recorder(self._module, relative, self._thorough)
        find = self._finder or _not_read
        is_deep = self._is_deep
        interpreter = Interpreter(find, recorder, self._runs if is_deep else None, infers=is_deep)
        interpreter.shallow = self._shallow
        interpreter.most = most
        at_main = functools.partial(recorder.enter, main_block) if main_block else None
        try:
            if is_deep:
                interpreter.run_packages(self._module)
            interpreter.run_module(self._module, at_main)
        except (BoundReachedError, RecursionError):
            return _Run(interpreter, recorder, False)
        return _Run(interpreter, recorder, True)

    def _runs(self, module: Module) -> bool:
        """Tell whether the top level of an imported module is worth following."""
        if self._thorough or _prepares(module):
            return True
        return self._finder is not None and calls_patch(module, self._finder)

    def _written(self, entry: Entry, run: _Run, before: frozenset[str]) -> LaunchPath:
        """Return what was written down of the launch path of one entry function.

        :param before: the groups that run before a command.
        """
        is_sure = entry.certain and not entry.served
        is_complete = run.is_complete and run.interpreter.complete
        cuts = [*run.interpreter.cuts] if run.is_complete else [()]
        at_top = entry.name == MODULE_LEVEL and not entry.served
        known = completed(run.recorder.steps, self._is_own, is_sure, is_complete, at_top)
        is_served = entry.served and not any(map(_surely_serves, known))
        if is_served:
            shaped = [step for step in known if step.role is Role.SERVE and not _is_known(step)]
            known = without_roles(known, set(map(id, shaped)))
        every = tuple(_without_service(known, before))
        steps = tuple(step for step in every if not isinstance(step, OptionRead))
        sought = tuple(run.recorder.sought)
        return LaunchPath(
            entry.name,
            steps,
            is_complete,
            entry.declared,
            sought,
            every,
            is_served,
            entry.is_script,
            entry.is_command,
            tuple(run.recorder.unreached),
            tuple(cuts),
        )

    def _is_own(self, name: str) -> bool:
        """Tell whether a qualified name is that of something that the module defines."""
        own = f"{self._module.name}."
        if not name.startswith(own):
            return False
        return name[len(own) :].partition(".")[0].rstrip("()") in self._module.bindings


def _surely_serves(step: Step) -> bool:
    """Tell whether a step serves in the main thread, by more than its name.

    What only has such a name starts a help to what a server loads there.
    """
    return step.role is Role.SERVE and not step.is_detached and _is_known(step)


def _is_known(step: Step) -> bool:
    """Tell whether a step is a loop, or a call of which is known what it does."""
    return not isinstance(step, Call) or any(map(known_roles_of, step.names))


def _without_service(steps: Sequence[Step], groups: frozenset[str]) -> list[Step]:
    """Return the steps, of which those of groups serve nobody.

    A group that serves does so where no command is given.
    """
    return [
        replace(step, role=None)
        if step.role in DECIDES and step.chain[0] in groups
        else step
        for step in steps
    ]


def _not_read(name: str) -> Module | None:
    """Leave every other module a symbol."""
    return None


def _has_words(module: Module) -> bool:
    text = module.text
    return words.is_made_ready(text) or words.sets_variables(text) or words.rebinds(text)


_prepares = Kept(_has_words)
"""Tells whether a module has the words of a patch, or sets variables or attributes of others."""
