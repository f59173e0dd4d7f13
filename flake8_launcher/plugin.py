"""The edge to flake8: the only module that knows it."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from flake8_launcher import garbage, options

if TYPE_CHECKING:
    from flake8_launcher.baseline import Baseline, Entry, Finding
    from flake8_launcher.causes import Causes
    from flake8_launcher.failure import Failure
    from flake8_launcher.gate import Admission, Gate
    from flake8_launcher.launch import Folders, Launcher
    from flake8_launcher.rule import Rule

FAILED = "LS000"
"""The code of what the plugin reports about itself: :mod:`.failure`."""

_SAME = 3
"""So many rules that fail alike share what fails: the others are not asked any more."""


class Plugin:
    """What flake8 makes once for each file.

    :param tree: the file's syntax tree.
    :param filename: its path, or the display name of standard input; it need not be on disk.
    :param lines: its text, which may be an unsaved buffer and differ from the disk.
    """

    _options: ClassVar[options.Options] = options.Options()
    _named: ClassVar[tuple[str, ...]] = ()
    _only: ClassVar[bool] = False
    _rules: ClassVar[tuple[Rule, ...] | None] = ()
    _gate: ClassVar[Gate | None] = None
    _folders: ClassVar[Folders | None] = None
    _causes: ClassVar[Causes | None] = None
    _admitted: ClassVar[tuple[str, str, Admission | None] | None] = None
    """These keep what they find for one run of flake8."""
    baseline: ClassVar[Baseline | None] = None
    """What the user accepts."""

    def __init__(self, tree: ast.Module, filename: str, lines: list[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines
        self._reviewed: Launcher | None = None
        self.entries: dict[Finding, Entry] = {}
        """With a baseline, what stands in it for each finding of the file, accepted or not."""

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Register the plugin's options with flake8."""
        for option in fields(options.Options):
            manager.add_option(
                options.flag(option.name),
                default="",
                metavar=option.metadata["form"],
                help=option.metadata["help"],
                parse_from_config=True,
                comma_separated_list=True,
                normalize_paths=option.metadata["path"],
            )

    @classmethod
    def parse_options(cls, namespace: argparse.Namespace) -> None:
        """Take the options over, and decide which rules run.

        :raises ExecutionError: for a wrong value, or where codes are selected that no rule has;
            flake8 prints it and ends with status 1.
        """
        try:
            cls._options = options.read(namespace)
        except ValueError as error:
            raise ExecutionError(str(error)) from error
        cls._named = (*(namespace.select or ()), *(namespace.extend_select or ()))
        unknown = options.unknown(cls._named)
        if unknown:
            raise ExecutionError(
                f"{', '.join(unknown)} in select or extend-select: flake8-launcher has no such "
                "rule (`flake8-launcher rules` lists all)"
            )
        cls.baseline = _baseline(cls._options, getattr(namespace, "write_baseline", False))
        cls._only = bool(namespace.select)
        cls._gate = cls._folders = cls._causes = cls._admitted = None
        cls._rules = None if options.may_select(cls._named, cls._only) else ()
        if cls._rules is None and cls._only:
            # where a rule is shown, so is its failure: `--select LS101` would hide it
            namespace.extend_select = [*(namespace.extend_select or ()), FAILED]

    @classmethod
    def admits(cls, lines: list[str], filename: str) -> bool:
        """Tell whether there may be something to say about a file, as its text and place tell."""
        if cls._rules == ():
            return False
        text = "".join(lines)
        try:
            admission = cls._opened().admit(text, filename)
            cls._admitted = (text, filename, admission)
            return admission is not None
        except Exception:
            return True  # the review fails as well, and reports it

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield the file's violations, each once, in the order of the file.

        A defect of this plugin is one of them; what it does not touch goes on.
        """
        if self._rules == ():
            return
        found: set[tuple[int, int, str]] = set()
        with garbage.undisturbed(len(self._lines)):
            self._review(found)
        if not found:
            return
        from flake8_launcher import text

        told = {
            (line, text.column(self._line(line), offset), text.told(message))
            for line, offset, message in found
        }
        if self.baseline is not None:
            defects = (one for one in told if not one[2].startswith(FAILED))
            self.entries = self.baseline.entries(self._filename, self._tree, defects)
            told.difference_update(self.baseline.accepted(self.entries))
        for line, column, message in sorted(told):
            yield line, column, message, type(self)

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @property
    def allowed(self) -> frozenset[str]:
        """Which of the allowances that the options make were needed for the file."""
        allowances = (*self._options.allowed_patches, *self._options.config_guards)
        if self._reviewed is None or not allowances:
            return frozenset()
        from flake8_launcher.launch.questions.allowances import needed

        return needed(self._reviewed, allowances)

    def _review(self, found: set[tuple[int, int, str]]) -> None:
        """Ask the rules, and keep what each finds, until one fails."""
        failed: dict[Failure, list[str]] = {}
        part = "the gate"
        try:
            admission = self._admission()
            if admission is None:
                return
            part = "what loads the rules"
            subjects = admission.subjects
            asked = [rule for rule in self.chosen() if rule.may_find(subjects)]
            part = "the launch path"
            launcher = self._reviewed = self._launcher(admission)
            causes = self._known_causes()
        except Exception as error:
            _keep(failed, error, part)
            asked = []
        for rule in asked:
            try:
                for one in causes.told(rule, launcher):
                    found.add((one.line, one.column, f"{rule.code} {one.text}"))
            except Exception as error:
                if _keep(failed, error, rule.code):
                    break
        found.update((1, 0, f"{FAILED} {one.told(parts)}") for one, parts in failed.items())

    def _admission(self) -> Admission | None:
        """Return what the file's text tells, if there may be something to say about it."""
        text = "".join(self._lines)
        admitted, type(self)._admitted = self._admitted, None
        if admitted is not None and admitted[:2] == (text, self._filename):
            return admitted[2]
        return self._opened().admit(text, self._filename)

    @classmethod
    def _opened(cls) -> Gate:
        """Return the gate of this run."""
        if cls._gate is None:
            # imported when something runs, and the rest behind the gate: few files pass it
            from flake8_launcher import gate

            cls._gate = gate.Gate(cls._options.entry_points)
        return cls._gate

    def _launcher(self, admission: Admission) -> Launcher:
        garbage.leave_at_exit()
        from flake8_launcher import launch

        folders = self._folders
        if folders is None:
            folders = type(self)._folders = launch.Folders()
        text = "".join(self._lines)
        return launch.Launcher(self._tree, text, admission, self._options.python, folders)

    @classmethod
    def _known_causes(cls) -> Causes:
        """Return what tells each cause once, after the gate and the folders are there."""
        if cls._causes is None:
            from flake8_launcher.causes import Causes

            assert cls._gate is not None and cls._folders is not None
            cls._causes = Causes(cls._gate, cls._folders, cls._options)
        return cls._causes

    @classmethod
    def chosen(cls) -> tuple[Rule, ...]:
        """Return the rules that run."""
        if cls._rules is None:
            from flake8_launcher import rules

            cls._rules = rules.discover(cls._named, cls._only)
        return cls._rules


def _baseline(chosen: options.Options, is_written: bool) -> Baseline | None:
    """Return what the user accepts; of a baseline that is to be written, nothing yet.

    :raises ExecutionError: when there is no such file, or it is something else.
    """
    if not chosen.baseline:
        return None
    from flake8_launcher import baseline

    first, *others = chosen.baseline
    try:
        if others:
            raise ValueError(f"{options.flag('baseline')}: one file holds all findings")
        return baseline.Baseline(first, {}) if is_written else baseline.read(first)
    except ValueError as error:
        raise ExecutionError(str(error)) from error


def _keep(failed: dict[Failure, list[str]], error: Exception, part: str) -> bool:
    """Keep what is told of a failure; tell whether it ends the review of the file."""
    from flake8_launcher import failure

    parts = failed.setdefault(failure.failure_of(error, part), [])
    parts.append(part)
    return isinstance(error, MemoryError) or len(parts) == _SAME
