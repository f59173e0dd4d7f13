"""Each cause is told once: where its whole evidence stands, not in each launcher that leads there.

A finding of a launcher may be about a step in another module. Where that module, reviewed by
itself, tells the same, the launcher says nothing. And a function that holds the whole evidence, as
it is found on a path which begins with the function, is told where it stands as soon as some
launcher of the project has the finding on its path: so it is seen where it is mended. Where it
takes something of a launcher to know of it, such as an argument, one launcher tells for all that
find the same there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_launcher import files
from flake8_launcher.gate import Gate
from flake8_launcher.launch import Folders, Launcher
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation
from flake8_launcher.semantic.reading.pieces import parse


class _Led(NamedTuple):
    """What the findings of a rule in a launcher are about in other files.

    :ivar places: the lines on the way there and their files.
    :ivar found: what is the same of a finding whichever launcher has it.
    """

    places: frozenset[tuple[str, int]]
    found: frozenset[tuple[object, ...]]


_NOTHING = _Led(frozenset(), frozenset())


class Causes:
    """Tells for one run of flake8 what stands where.

    :param gate: lets files by.
    :param folders: gives the names in folders.
    :param options: the user's options.
    """

    def __init__(self, gate: Gate, folders: Folders, options: Options) -> None:
        self._gate = gate
        self._folders = folders
        self._options = options
        self._local: dict[str, Rule] = {}
        self._leads: dict[str, tuple[files.State, dict[str, _Led]]] = {}
        self._lines: dict[tuple[str, str], tuple[files.State, frozenset[int]]] = {}
        self._checked: tuple[str, str, files.State | None] | None = None
        self._last: tuple[str, files.State, Launcher | None] | None = None

    def told(self, rule: Rule, launcher: Launcher) -> Iterator[Violation]:
        """Yield what a rule finds in a file, and what of it is told there."""
        # one after the other: what is found before a rule fails is kept
        yield from (one for one, is_here in self.everything(rule, launcher) if is_here)

    def everything(self, rule: Rule, launcher: Launcher) -> Iterator[tuple[Violation, bool]]:
        """Yield what a rule finds in a file, and whether it is told there.

        What is found on the launch paths of the file and is not told there is told where it
        stands. What functions of the file do is told there.
        """
        found: list[Violation] = []
        known: set[tuple[object, ...]] = set()
        if not rule.subjects.isdisjoint(launcher.subjects):
            for one in rule.check(launcher, self._options):
                found.append(one)
                same = _same(one) if _is_far(one) and not rule.opt_in else ()
                is_told = same in known or self._is_told_elsewhere(rule, one)
                known.update((same,) if same else ())
                yield one, not (is_told or self._is_told_by_another(rule, launcher, one))
            if not rule.opt_in:
                state = self._state_of(launcher)
                if state is not None:
                    self._leads_of(launcher.path, state)[rule.code] = _led_to(found)
        yield from ((one, True) for one in self._whole(rule, launcher, found))

    def _whole(
        self, rule: Rule, launcher: Launcher, told: Iterable[Violation]
    ) -> Iterator[Violation]:
        """Yield what a rule finds in functions that hold the whole evidence of it.

        A launch of the project leads there, and finds the same.

        :param told: what it finds on the launch paths of the file.
        """
        if not rule.may_stand_in(launcher.subjects) or launcher.parts is None:
            return
        self._local[rule.code] = rule
        own = {one[:2] for one in told}
        found = (one for one in rule.check(launcher.parts, self._options) if one.causes)
        waiting = [one for one in found if one[:2] not in own]
        for path in launcher.leading() if waiting else ():
            leads = self._led_to_by(rule, path).places
            yield from (one for one in waiting if (launcher.path, one.line) in leads)
            waiting = [one for one in waiting if (launcher.path, one.line) not in leads]
            if not waiting:
                return

    def _found(self, rule: Rule, launcher: Launcher | None) -> list[Violation]:
        if launcher is None or rule.subjects.isdisjoint(launcher.subjects):
            return []
        return list(rule.check(launcher, self._options))

    def _is_told_elsewhere(self, rule: Rule, violation: Violation) -> bool:
        """Tell whether all that a violation is about is told in the modules that lead to it.

        What every launcher has to answer for is told by the one whose main function another runs.
        """
        return bool(violation.causes) and all(
            (step.is_run_there or not rule.opt_in)
            and any(line in self._lines_of(rule, path) for path, line in step.places)
            for step in violation.causes
        )

    def _is_told_by_another(self, rule: Rule, launcher: Launcher, violation: Violation) -> bool:
        """Tell whether a launcher that goes first has the same finding about another module."""
        if rule.opt_in or not _is_far(violation):
            return False
        same = _same(violation)
        for path in launcher.leading_to(violation.causes[0].file):
            if path == launcher.path:
                return False
            if same in self._led_to_by(rule, path).found:
                return True
        return False

    def _lines_of(self, rule: Rule, path: str) -> frozenset[int]:
        """Return the lines of a file that a rule may tell something about."""
        state = files.state_of(path)
        known = self._lines.get((path, rule.code))
        if state is None or (known is not None and known[0] == state):
            return known[1] if state is not None and known is not None else frozenset()
        launcher = self._launcher(path, state)
        lines: set[int] = set()
        if launcher is not None:
            found = self._found(rule, launcher)
            for one in (*found, *self._whole(rule, launcher, found)):
                lines.update((one.line, *(step.line for step in one.causes)))
        self._lines[path, rule.code] = (state, frozenset(lines))
        return frozenset(lines)

    def _led_to_by(self, rule: Rule, path: str) -> _Led:
        """Return what a rule's findings in a launcher are about in other files."""
        state = files.state_of(path)
        if state is None:
            return _NOTHING
        leads = self._leads_of(path, state)
        if rule.code not in leads:
            launcher = self._launcher(path, state)
            # to follow its paths is what takes time: other rules will ask the same
            for code, one in (*self._local.items(), (rule.code, rule)):
                leads[code] = _led_to(self._found(one, launcher))
        return leads[rule.code]

    def _leads_of(self, path: str, state: files.State) -> dict[str, _Led]:
        """Return what is known of what the findings in a launcher are about."""
        known = self._leads.get(path)
        if known is None or known[0] != state:
            known = self._leads[path] = (state, {})
        return known[1]

    def _state_of(self, launcher: Launcher) -> files.State | None:
        """Return the state of a file that is checked; none where its text is not on the disk."""
        of_text = (launcher.path, launcher.text)
        if self._checked is None or self._checked[:2] != of_text:
            state = files.state_of(launcher.path)
            is_saved = state is not None and files.read_source(launcher.path) == launcher.text
            self._checked = (*of_text, state if is_saved else None)
        return self._checked[2]

    def _launcher(self, path: str, state: files.State) -> Launcher | None:
        """Return what rules ask of a file on the disk; none where there is nothing to ask."""
        if self._last is None or self._last[:2] != (path, state):
            self._last = (path, state, self._opened(path))
        return self._last[2]

    def _opened(self, path: str) -> Launcher | None:
        text = files.read_source(path)
        admission = self._gate.admit(text, path) if text is not None else None
        if text is None or admission is None:
            return None
        tree = parse(text)
        if tree is None:
            return None
        return Launcher(tree, text, admission, self._options.python, self._folders)


def _led_to(found: list[Violation]) -> _Led:
    """Return what findings are about in other files."""
    if not any(one.causes for one in found):
        return _NOTHING  # one for all: of most rules a launcher has nothing
    steps = (step for violation in found for step in violation.causes)
    return _Led(
        frozenset(place for step in steps for place in step.places),
        frozenset(_same(one) for one in found if _is_far(one)),
    )


def _is_far(violation: Violation) -> bool:
    """Tell whether all that a violation is about stands in other modules."""
    return bool(violation.causes) and all(step.file for step in violation.causes)


def _same(violation: Violation) -> tuple[object, ...]:
    """Return what is the same of a finding whichever launcher has it."""
    first = violation.causes[0]
    before, _, after = violation.text.partition(f"({first.place})")
    places = tuple((step.file, step.own_line) for step in violation.causes)
    return (*places, after or before)
