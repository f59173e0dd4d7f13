"""Each cause is told once: where its whole evidence stands, not in each launcher that leads there.

A finding of a launcher may be about a step in another module. Where that module, reviewed by
itself, tells the same, the launcher says nothing. And a function that holds the whole evidence, as
it is found on a path which begins with the function, is told where it stands as soon as some
launcher of the project has the finding on its path: so it is seen where it is mended. Where it
takes something of a launcher to know of it, such as an argument, one launcher tells for all that
find the same there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flake8_launcher import files
from flake8_launcher.gate import Gate
from flake8_launcher.launch import Folders, Launcher, Step
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


_NONE: frozenset[int] = frozenset()
_NOTHING = _Led(frozenset(), frozenset())


@dataclass
class _There:
    """What a rule tells in a file, for the launchers that find something there.

    :ivar state: the file's state.
    :ivar is_script: whether it is there to be run: only who names it leads there.
    :ivar told: the lines of what it finds on the file's own launch paths.
    :ivar waiting: what it finds in functions of the file, until it is known whether a launch of
        the project leads there: the line of each finding, and the lines that it is about.
    """

    state: files.State
    is_script: bool = False
    told: frozenset[int] = frozenset()
    waiting: dict[int, frozenset[int]] = field(default_factory=dict)


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
        self._known: dict[tuple[str, str], _There] = {}
        self._checked: tuple[str, str, files.State | None] | None = None
        self._last: tuple[str, files.State, Launcher | None] | None = None

    def told(self, rule: Rule, launcher: Launcher) -> Iterator[Violation]:
        """Yield what a rule finds in a file, and what of it is told there."""
        # one after the other: what is found before a rule fails is kept
        path = launcher.path
        yield from (one for one, told_in in self.everything(rule, launcher) if told_in == path)

    def everything(self, rule: Rule, launcher: Launcher) -> Iterator[tuple[Violation, str]]:
        """Yield what a rule finds in a file, and the file in which it is told.

        That is this one, another launcher's which tells for all, or nothing where it is told
        where it stands. What functions of the file do is told there.
        """
        found: list[Violation] = []
        known: set[tuple[object, ...]] = set()
        here: set[tuple[int, int]] = set()
        if not rule.subjects.isdisjoint(launcher.subjects):
            for one in self._findings(rule, launcher):
                found.append(one)
                same = _same(one) if _is_far(one) and not rule.opt_in else ()
                is_told = same in known or self._is_told_elsewhere(rule, launcher, one)
                known.update((same,) if same else ())
                told_in = "" if is_told else self._told_in(rule, launcher, one)
                if told_in != launcher.path:
                    yield one, told_in
                elif one[:2] not in here:  # one line often leads to several modules
                    here.add(one[:2])
                    yield one, told_in
            if not rule.opt_in:
                state = self._state_of(launcher)
                if state is not None:
                    self._leads_of(launcher.path, state)[rule.code] = _led_to(found)
        yield from ((one, launcher.path) for one in self._whole(rule, launcher, found))

    def _whole(
        self, rule: Rule, launcher: Launcher, told: Iterable[Violation]
    ) -> Iterator[Violation]:
        """Yield what a rule finds in functions that hold the whole evidence of it.

        A launch of the project leads there, and finds the same.

        :param told: what it finds on the launch paths of the file.
        """
        waiting = self._parted(rule, launcher, told)
        if not waiting:
            return
        lines: dict[int, frozenset[int]] = {}
        for one in waiting:
            lines[one.line] = lines.get(one.line, _NONE) | _lines_of(one)
        for line in self._reached(rule, launcher.path, lines, launcher.standing.leading()):
            yield from (one for one in waiting if one.line == line)

    def _reached(
        self,
        rule: Rule,
        path: str,
        lines: Mapping[int, frozenset[int]],
        leading: Iterator[str],
    ) -> Iterator[int]:
        """Yield those of some lines of a file to which launches lead with what a rule finds.

        :param lines: the lines of what is found, each with those that it is about.
        :param leading: the files that these may begin with; no more are asked than needed.
        """
        left = set(lines)
        for other in leading:
            places = self._led_to_by(rule, other).places
            found = {line for line in left if any((path, one) in places for one in lines[line])}
            yield from sorted(found)
            left -= found
            if not left:
                return

    def _parted(
        self, rule: Rule, launcher: Launcher, told: Iterable[Violation]
    ) -> list[Violation]:
        """Return what a rule finds in functions, each followed as if a process began with it.

        :param told: what it finds on the launch paths of the file, which is left out.
        """
        if not rule.may_stand_in(launcher.subjects) or launcher.parts is None:
            return []
        self._local[rule.code] = rule
        own = {one[:2] for one in told}
        found = self._findings(rule, launcher.parts)
        return [one for one in found if one.causes and one[:2] not in own]

    def _found(self, rule: Rule, launcher: Launcher | None) -> list[Violation]:
        if launcher is None or rule.subjects.isdisjoint(launcher.subjects):
            return []
        return list(self._findings(rule, launcher))

    def _findings(self, rule: Rule, launcher: Launcher) -> Iterator[Violation]:
        """Yield what a rule finds, the first of each place: several paths lead to the same code.

        A place is a line and column of the file, with the other places that the finding is about.
        """
        seen: set[tuple[object, ...]] = set()
        for one in rule.check(launcher, self._options):
            place = (*one[:2], *sorted({step.place for step in one.causes}))
            if place not in seen:
                seen.add(place)
                yield one

    def _is_told_elsewhere(self, rule: Rule, launcher: Launcher, violation: Violation) -> bool:
        """Tell whether all that a violation is about is told in the modules that lead to it.

        What every launcher has to answer for is told by the one whose main function another runs.
        """
        led = frozenset(place for step in violation.causes for place in step.places)
        return bool(led) and all(
            (rule.opt_in and self._is_begun_there(step))
            or (
                (step.is_run_there or not rule.opt_in)
                and any(self._is_told_at(rule, launcher, place, led) for place in step.places)
            )
            for step in violation.causes
        )

    def _is_begun_there(self, step: Step) -> bool:
        """Tell whether a process begins with the function of another module that leads to a step.

        So all that this launch does from there on, that other one does as well.
        """
        path = next(step.places)[0]
        state = files.state_of(path)
        there = self._launcher(path, state) if state is not None else None
        return there is not None and there.begins_with(step.below[0].rpartition(".")[2])

    def _is_told_at(
        self,
        rule: Rule,
        launcher: Launcher,
        place: tuple[str, int],
        led: frozenset[tuple[str, int]],
    ) -> bool:
        """Tell whether a rule tells something about a line of another file there.

        :param launcher: the launcher that leads there.
        :param led: the places to which it leads with what the rule has found.
        """
        path, line = place
        there = self._there(rule, path)
        if there is None or line in there.told:
            return there is not None
        about = [own for own, lines in there.waiting.items() if line in lines]
        if not about:
            return False
        # who asks is mostly among those that lead there: then nobody else needs to be followed
        if any((path, own) in led for own in about) and self._state_of(launcher) is not None:
            if launcher.path in launcher.standing.leading_to(path, there.is_script):
                return True
        waiting, there.waiting = there.waiting, {}
        leading = launcher.standing.leading_to(path, there.is_script)
        for own in self._reached(rule, path, waiting, leading):
            there.told |= waiting[own]
        return line in there.told

    def _told_in(self, rule: Rule, launcher: Launcher, violation: Violation) -> str:
        """Return the file of the launcher that goes first with a finding about another module."""
        if rule.opt_in or not _is_far(violation):
            return launcher.path
        same = _same(violation)
        for path in launcher.standing.leading_to(violation.causes[0].file):
            if path == launcher.path or same in self._led_to_by(rule, path).found:
                return path
        return launcher.path

    def _there(self, rule: Rule, path: str) -> _There | None:
        """Return what a rule tells in a file; none where there is no such file."""
        state = files.state_of(path)
        if state is None:
            return None
        known = self._known.get((path, rule.code))
        if known is None or known.state != state:
            known = self._known[path, rule.code] = _There(state)
            launcher = self._launcher(path, state)
            if launcher is not None:
                found = self._found(rule, launcher)
                known.told = _NONE.union(*map(_lines_of, found))
                for one in self._parted(rule, launcher, found):
                    known.waiting[one.line] = known.waiting.get(one.line, _NONE) | _lines_of(one)
                known.is_script = launcher.standing.is_run_alone
        return known

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


def _lines_of(violation: Violation) -> frozenset[int]:
    """Return the lines that a violation is about in the file where it stands."""
    return frozenset((violation.line, *(step.line for step in violation.causes)))


def _is_far(violation: Violation) -> bool:
    """Tell whether all that a violation is about stands in other modules."""
    return bool(violation.causes) and all(step.file for step in violation.causes)


def _same(violation: Violation) -> tuple[object, ...]:
    """Return what is the same of a finding whichever launcher has it."""
    first = violation.causes[0]
    before, _, after = violation.text.partition(f"({first.place})")
    places = tuple((step.file, step.own_line) for step in violation.causes)
    return (*places, after or before)
