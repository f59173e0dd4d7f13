"""Options that a launch reads, and that nothing registers which it may import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.knowledge import Role, canonical, exceptions, importers, root_of
from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Call, Handler, LaunchPath, ModuleImport, OptionRead, Step
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.questions import parsing

_GLOBAL = "oslo_config.cfg.CONF"
_ENDS = ("exit", "raise")
_COMPUTED = ("()", "[]")
"""What the names of calls end with that call a result, or an item."""


_NEVER = "no module that this launch imports registers"
_LATE = "nothing that this launch has imported or called by then registers"


def unregistered(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str, str]]:
    """Yield what reads such an option, with the option as messages name it, and what lacks it."""
    is_first = path.declared or path.entry == MAIN_BLOCK
    if not (is_first or path.is_served or path.is_command) and launcher.standing.targets:
        return  # what one of the project's scripts calls, and that may register more
    reads = list(_reads(launcher, path))
    for imported in dict.fromkeys(read.imported for read in reads):
        some = [read for read in reads if read.imported == imported]
        missing = launcher.options.unregistered({read.option for read in some}, imported)
        for read in some:
            name = ".".join(("CONF", *filter(None, read.option)))
            if read.option in missing:
                yield read.step, name, _NEVER
            elif is_first and _is_late(launcher, read):
                yield read.step, name, _LATE


def _is_late(launcher: Launcher, read: _Read) -> bool:
    """Tell whether nothing has registered an option that a step surely reads.

    Functions of what is imported may register it, which have not been called by then.
    """
    if read.ran is None or read.imported is None or not read.step.complete:
        return False
    if read.step.conditional or parsing.object_read(read.step) != _GLOBAL:
        return False
    if any(arm.kind != "try" for arm in read.step.arms):
        return False
    return launcher.options.is_late(read.option, read.imported, read.ran)


class _Read(NamedTuple):
    """The read of an option.

    :ivar option: its group, and its name.
    :ivar imported: the modules that steps have imported until then; none where they may have
        imported any.
    :ivar ran: the functions that have run until then and register something themselves; none
        where others may have.
    """

    step: OptionRead
    option: tuple[str, str]
    imported: frozenset[str] | None
    ran: frozenset[str] | None


def _reads(launcher: Launcher, path: LaunchPath) -> Iterator[_Read]:
    """Yield the reads that fail where there is no such option."""
    handlers = [step.handler for _, step in handling.handlers(path)]
    given: dict[str, Step] = {}
    imported: frozenset[str] | None = frozenset()
    ran: frozenset[str] | None = frozenset()
    theirs: set[str] = set()
    for step in path.with_reads:
        if isinstance(step, Call) and _registers_unseen(launcher, step):
            if (named := _group_given(step)) is None:
                return
            theirs.add(named)
        if not step.complete:
            imported = None
        elif imported is not None and _may_import(launcher, step):
            names = _imported(step)
            imported = imported.union(names) if names else None
        if ran is not None and isinstance(step, Call) and not step.seen:
            if _may_run_others(launcher, step):
                ran = None
            elif _registers(step):
                ran = ran.union(step.chain[-1:])
        if not isinstance(step, OptionRead):
            continue
        parts = parsing.option_read(step)[:2]
        if len(parts) == 1:
            given[parts[0]] = step
        if not parts or parts[-1] in known.MEMBERS_OF_VALUES or parts[0] in theirs:
            continue
        group, name = ("", *parts)[-2:]
        if known.is_of_library(name, group) or known.is_group_of_library(parts[0]):
            continue
        if not group and parsing.object_read(step) != _GLOBAL:
            continue
        if group and not step.is_whole and _branches(step, given.get(group)):
            continue  # not every group that is passed need have what one branch reads
        if not step.is_in_tests and not _is_expected(step, handlers):
            yield _Read(step, (group, name), imported, ran)


def _registers_unseen(launcher: Launcher, step: Call) -> bool:
    """Tell whether a step has a library register options of its own that are not known."""
    if step.seen or step.name[0] == "?":
        return False
    if "register" not in step.name.rpartition(".")[2] or step.name.startswith("oslo"):
        return False
    return not launcher.project.owns(step.name)


def _group_given(step: Call) -> str | None:
    """Return the group in which a library is told to register options, or none for any."""
    group = step.argument(1, "group")
    return group.text if group is not None else None


def _registers(step: Call) -> bool:
    """Tell whether a call registers options itself, as its name says."""
    last = step.name.rpartition(".")[2]
    return last in known.REGISTRARS or known.HELPERS.fullmatch(canonical(step.name)) is not None


def _may_run_others(launcher: Launcher, step: Call) -> bool:
    """Tell whether a call may run functions of the project that are not known.

    What is called is computed, or a library is given functions or objects of the project, or the
    configuration, and it is not known to leave them alone.
    """
    root = root_of(step.name)
    if step.name.endswith(_COMPUTED) and not known.has_options(root):
        return True
    if root in sys.stdlib_module_names:
        return False
    if any(one.is_callable or one.code is not None for one in step.arguments):
        return True
    if root in BUILTINS:
        return False
    names = [canonical(name) for one in step.arguments for name in one.names]
    return any(map(launcher.project.owns, names)) or (
        not known.is_known(root) and any(map(known.CONFIGURATION.fullmatch, names))
    )


def _may_import(launcher: Launcher, step: Step) -> bool:
    """Tell whether a step may import modules, otherwise than an import at a top level."""
    if isinstance(step, ModuleImport):
        return step.origin is None or (not step.is_imported and len(step.chain) > 1)
    if not isinstance(step, Call) or step.seen:
        return False
    if step.role is Role.IMPORT_OPTION or importers.sink(step.name) is not None:
        return True
    if step.name[0] == "?" or known.LOADERS.search(step.name):
        return True
    # to make an instance of a class without __init__ imports nothing
    is_class = step.name.rpartition(".")[2][:1].isupper()
    return not is_class and launcher.project.owns(step.name)


def _imported(step: Step) -> tuple[str, ...]:
    """Return what may be modules of what a step imports, or nothing where that is not known."""
    if isinstance(step, ModuleImport):
        return (step.name, f"{step.name}.{step.taken}") if step.taken else (step.name,)
    if not isinstance(step, Call):
        return ()
    if step.role is Role.IMPORT_OPTION:
        named = next((one for one in step.arguments if one.text and "." in one.text), None)
    else:
        named = step.argument(0, "name") if importers.is_importer(step.name) else None
    return (named.text,) if named and named.text else ()


def _branches(step: Step, given: Step | None) -> bool:
    """Tell whether a step stands in a branch that what it reads from does not stand in."""
    known_arms = given.arms if given else ()
    return any(
        arm.kind == "branch" and not any(arm is one for one in known_arms) for arm in step.arms
    )


def _is_expected(step: Step, handlers: list[Handler]) -> bool:
    """Tell whether a handler may go on where there is no such option."""
    for guard in step.guards:
        caught = set(map(canonical, guard.catches))
        if not caught.isdisjoint(known.NO_SUCH_OPTION):
            return True
        if not caught.isdisjoint(exceptions.BROAD):
            own = [one for one in handlers if one.guard is guard]
            ends = (
                one.how in _ENDS for one in own if not exceptions.BROAD.isdisjoint(one.catches)
            )
            if not all(ends) or not own:
                return True
    return False
