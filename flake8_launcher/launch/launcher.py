"""A module that rules ask about: each answer is found when it is first asked for."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_launcher.gate import Admission, Subject, place, words
from flake8_launcher.imports import early
from flake8_launcher.knowledge import (
    Role,
    roles_of,
    shapes,
    with_packages,
)
from flake8_launcher.knowledge.audience import tries_out
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.launch.around.project_options import ProjectOptions
from flake8_launcher.launch.around.standing import Standing
from flake8_launcher.launch.around.surroundings import Surroundings
from flake8_launcher.launch.beginnings import entries, scripts
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL, Entry
from flake8_launcher.launch.beginnings.scripts import MissingScript
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Moment, Part, Step
from flake8_launcher.launch.paths import audience, purpose
from flake8_launcher.launch.paths.following import Following
from flake8_launcher.launch.paths.patch_calls import calls_patch
from flake8_launcher.launch.questions import import_reads, order, parsing
from flake8_launcher.launch.questions.import_reads import ImportReads
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.project import Folders
from flake8_launcher.semantic.running import blunders
from flake8_launcher.semantic.running.blunders import Blunder
from flake8_launcher.semantic.running.events import Event
from flake8_launcher.semantic.running.interpreter import Interpreter

if TYPE_CHECKING:
    from flake8_launcher.launch.around.logging_files import LoggingFiles
    from flake8_launcher.launch.paths.timeline import Timeline
    from flake8_launcher.settings.model import Declaration


class Launcher:
    """A module that may start a service, and whatever else rules ask of a module.

    :param tree: the file's syntax tree.
    :param text: the file's text, which may differ from the disk.
    :param admission: what the gate knows of the file.
    :param pythons: interpreters or environments whose packages are read.
    :param folders: gives the names in folders, as they are for all files that are checked.
    :ivar module: the module's qualified name.
    :ivar text: the text of the file.
    """

    def __init__(
        self,
        tree: ast.Module,
        text: str,
        admission: Admission,
        pythons: Sequence[str] = (),
        folders: Folders | None = None,
    ) -> None:
        self.module, package = modules.locate(admission.path)
        self.text = text
        self._admission = admission
        self._pythons = pythons
        self._folders = folders
        self._path = admission.path
        self._subjects = admission.subjects
        self._ordered: dict[str, tuple[Moment, ...]] = {}
        self._read = Module(self.module, self._path, package, given=(text, tree))

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._read, self._folders)

    @cached_property
    def standing(self) -> Standing:
        """What the module is for, as its place in the project tells."""
        return Standing(self._read, self._finder, self._admission)

    @cached_property
    def part(self) -> Part:
        """What part the module has in the launch of a process."""
        if self.standing.is_test:
            return Part.TEST
        if self._begun or self._admission.served:
            return Part.START
        if self.standing.starts_process:
            return Part.START
        return Part.PATCH if place.is_made_to_patch(self._path) else Part.OTHER

    @cached_property
    def _whole(self) -> Following:
        """What follows paths through the modules of the project."""
        return Following(self._read, self._finder)

    @cached_property
    def _alone(self) -> Following:
        """What follows paths as far as the module alone shows them, for questions about it."""
        return Following(self._read)

    @cached_property
    def _entries(self) -> list[Entry]:
        """The entry functions that may serve, as names and texts tell."""
        if Subject.LAUNCH not in self._subjects or self.standing.is_no_service:
            return []
        return entries.find(
            self._read.tree,
            self.text,
            self._path,
            self._admission.declared,
            self._admission.entry_points,
            self.standing.is_test,
            () if self.standing.is_apart else sorted(self._admission.served),
        )

    def begins_with(self, function: str) -> bool:
        """Tell whether a process surely begins with a function of the module's top level."""
        named = (entry for entry in self._entries if entry.name == function)
        return any(entry.certain and not entry.served for entry in named)

    @cached_property
    def _followed(self) -> tuple[tuple[Entry, LaunchPath], ...]:
        """The entry functions that may serve, each with its launch path."""
        found = self._entries
        uncertain = [entry for entry in found if not entry.certain]
        alone = self._alone.paths(uncertain)
        serving = {path.entry for path in alone if purpose.may_serve(path)}
        chosen = [entry for entry in found if entry.certain or entry.name in serving]
        return tuple(zip(chosen, self._whole.paths(chosen), strict=True))

    def with_imports(self, path: LaunchPath) -> tuple[LaunchPath, bool]:
        """Return a launch path with what the modules do that it imports, for people to read.

        It takes as long again to follow, and no rule asks for it.

        :returns: the path, and whether the modules were followed to their ends.
        """
        from flake8_launcher.launch.paths.imported import joined

        known = next((entry for entry, one in self._followed if one is path), None)
        if known is None:
            return path, True
        thorough = next(Following(self._read, self._finder, thorough=True).paths([known]))
        return joined(path, thorough), thorough.complete

    def line_of(self, entry: str) -> int:
        """Return the line where an entry function, or the block for scripts, stands."""
        return entries.line_of(self._read.tree, entry)

    @cached_property
    def parts(self) -> Launcher | None:
        """The functions of the module that do what no launch should, each as if one began there.

        So do those that serve, and may be called by others. What a rule finds on their paths
        needs nothing of those who call them.
        """
        if self.standing.is_apart:
            return None
        names: list[str] = []
        if Subject.PART in self._subjects:
            names = self._may_take_part()
        for entry, _ in self._followed:
            if not (entry.declared or entry.served or entry.name in (MAIN_BLOCK, MODULE_LEVEL)):
                names += [entry.name] if entry.name not in names else []
        return self._beginning_with(names) if names else None

    def _may_take_part(self) -> list[str]:
        """Return the functions with words of what no launch should do.

        With them come those that call one of them, or are methods of what one makes, if they may
        serve or go on for ever.
        """
        serves = words.serving_at_risk(self._path, self.text)
        names = [
            name for name, text in self._functions if words.may_take_part(text) or serves(text)
        ]
        if words.loses(self.text):
            names += [name for name in self._may_lose() if name not in names]
        if not names:
            return []
        calls, serves = words.calling(names), words.serving(self._path, self.text)
        # a method runs after what makes its object
        made = {name.removesuffix("__init__") for name in names if name.endswith(".__init__")}
        return names + [
            name
            for name, text in self._functions
            if name not in names
            if calls(text) or name[: name.rfind(".") + 1] in made
            if serves(text) or words.may_loop(text)
        ]

    def _may_lose(self) -> list[str]:
        """Return the functions that handle each failure of one that goes on for ever, or exits.

        The loop may be their own.
        """
        handling = [(name, text) for name, text in self._functions if words.handles_all(text)]
        may_end = [
            name
            for name, text in (self._functions if handling else ())
            if words.ends(text) or words.may_loop(text)
        ]
        calls = words.calling(may_end)
        return [name for name, text in handling if calls(text) or words.may_loop(text)]

    def _beginning_with(self, names: Iterable[str]) -> Launcher:
        """Return the module as if a process began, and ended, with each of some functions.

        :param names: the functions, ``Class.method`` for a method.
        """
        following = Following(self._read, self._finder, shallow=True)
        other = copy.copy(self)
        other._subjects = frozenset({Subject.LAUNCH})
        other.paths = tuple(following.paths(Entry(name, declared=True) for name in names))
        # what has been found out about the whole module is none of theirs
        other.set_up = other.loaded = other.paths
        other.starts = other.patching = other.importing = ()
        other.top_level = other.extending = None
        other.blunders = ()
        other._ordered = {}
        return other

    @property
    def subjects(self) -> frozenset[Subject]:
        """What there may be something to say about in the file."""
        return self._subjects

    @property
    def path(self) -> str:
        """Absolute path of the file."""
        return self._path

    @cached_property
    def paths(self) -> tuple[LaunchPath, ...]:
        """One path for each entry function that serves, in the order of the file."""
        return tuple(
            path
            for entry, path in self._followed
            if entry.served
            or (
                path.first(Role.SERVE) is not None
                and not purpose.leaves(entry, path)
                and not self._is_of_top(entry, path)
                and not self._only_tries(path)
            )
        )

    def _only_tries(self, path: LaunchPath) -> bool:
        """Tell whether a path is for a person alone, or only tries what other modules import."""
        serve = path.first(Role.SERVE)
        if serve is None:
            return False
        if self._is_for_person(path, serve):
            return True
        if serve.place or path.declared or path.is_command:
            return False
        if self.standing.is_of_package:
            if purpose.is_shown(serve) or purpose.is_import(path, serve):
                return True
        return self.importer(path) != ""

    def _is_for_person(self, path: LaunchPath, serve: Step) -> bool:
        """Tell whether a loop is for a person who looks at it, or at a class of the module.

        So may a call be that looks at packets.
        """
        if not isinstance(serve, Loop) and not tries_out(serve.name):
            return False
        weight = audience.weight(path, serve, place.has_service_name(self._path))
        if audience.is_person(path, serve, weight):
            return True
        if not isinstance(serve, Loop):
            return False
        return weight == 0 and self.standing.is_of_package and purpose.tries_own(path, serve)

    def importer(self, path: LaunchPath) -> str:
        """Return a file that imports the module, where a path only tries that, and serves so."""
        function = purpose.tried_with(path)
        return self.standing.importer(function) if function is not None else ""

    def _is_of_top(self, entry: Entry, path: LaunchPath) -> bool:
        """Tell whether the top level alone serves, so that the entry function never runs.

        What it puts together for a command line runs when that does, but for no other command.
        """
        if entry.name in (MODULE_LEVEL, MAIN_BLOCK):
            return False
        return all(
            step.chain[0] == self.module
            and (entry.is_command or all(arm.kind != "command" for arm in step.arms))
            for step in path.having(Role.SERVE)
        )

    @cached_property
    def not_serving(self) -> tuple[LaunchPath, ...]:
        """The other paths that were followed, or looked at: no serve call is found on them."""
        return tuple(path for _, path in self._followed if path not in self.paths)

    @property
    def own_launches(self) -> tuple[LaunchPath, ...]:
        """The launches of a process of its own: what another one serves, that one ends."""
        return tuple(path for path in self.launches if not path.is_served)

    @property
    def launches(self) -> tuple[LaunchPath, ...]:
        """The paths that serve, unless the module is a test: what it starts is no service."""
        return self.paths if not self.standing.is_test else ()

    @cached_property
    def _begun(self) -> tuple[LaunchPath, ...]:
        """The paths with which a process surely begins, and that serve or patch."""
        return tuple(
            path
            for entry, path in self._followed
            if entry.certain
            and (path in self.paths or path.first(Role.PATCH, Role.BACKEND))
            and not self._is_no_process(path)
        )

    def _is_no_process(self, path: LaunchPath) -> bool:
        """Tell whether no process begins with a path, though a file may be run that way.

        It is the main block of a module of a package, which only tries the module, or what a
        module that is no script does at its import.
        """
        if not path.complete or path in self.paths or self.standing.starts_process:
            return False
        if path.entry == MODULE_LEVEL:
            return not self.standing.is_run_alone
        block = f"{self.module}.{MAIN_BLOCK}"
        if path.entry != MAIN_BLOCK or not self.standing.is_importable:
            return False
        # it is one where its top level patches, or what that imports
        return all(step.chain[0] == block for step in path.having(Role.PATCH, Role.BACKEND))

    @cached_property
    def starts(self) -> tuple[LaunchPath, ...]:
        """The paths, of those that serve or patch, with which a process surely begins.

        For the package of launchers, and for what a server loads, that is the top level.
        """
        if self.part is not Part.START:
            return ()
        if not self._begun and self.patching:
            own = self.patching[0].having(Role.PATCH, Role.BACKEND)
            return self.patching[:1] if any(not step.is_imported for step in own) else ()
        return self._begun

    @cached_property
    def _top_level(self) -> LaunchPath:
        return next(self._whole.paths([Entry(MODULE_LEVEL)]))

    @cached_property
    def _functions(self) -> list[tuple[str, str]]:
        return list(entries.functions(self._read))

    @cached_property
    def patching(self) -> tuple[LaunchPath, ...]:
        """What runs when the module is imported, and then each function of it that patches.

        None where no text of it has a word of a patch, nor a module whose function it calls, nor
        in a file that shows how something is used or is a copy.
        """
        if self.standing.is_no_service:
            return ()
        if Subject.PATCH not in self._subjects:
            calls = Subject.CALL in self._subjects and calls_patch(self._read, self._finder)
            return (self._top_level,) if calls else ()
        patching = [Entry(name) for name, text in self._functions if words.may_patch(text)]
        return (self._top_level, *self._alone.paths(patching))

    @cached_property
    def top_level(self) -> LaunchPath | None:
        """What runs when the module is imported, where it may take a protection away."""
        if Subject.PROTECTION not in self._subjects or self.standing.is_no_service:
            return None
        return self._top_level

    @cached_property
    def importing(self) -> tuple[LaunchPath, ...]:
        """What runs when the module is imported, and then each function of it that imports.

        That is by a name, of options or modules; or it runs code that is named elsewhere, or
        calls such a function. None where no text of it has a word of that, nor in a test.
        """
        if self.standing.is_test:
            return ()
        reflects = Subject.REFLECTION in self._subjects and not self.standing.is_aside
        if not reflects and Subject.IMPORT not in self._subjects:
            return ()
        functions = self._functions
        chosen = {name for name, text in functions if words.may_import(text)}
        if reflects:
            found = {name for name, text in functions if words.may_reflect(text)}
            callers = words.calling(found)
            chosen |= found | {name for name, text in functions if callers(text)}
        names = [MODULE_LEVEL, *(name for name, _ in functions if name in chosen)]
        return tuple(self._alone.paths(map(Entry, names)))

    def followed_on(self, path: LaunchPath) -> LaunchPath:
        """Return what a path of the module alone is when other modules of the project count."""
        return next(self._whole.paths([Entry(path.entry)]))

    @cached_property
    def extending(self) -> LaunchPath | None:
        """What runs when the module is imported, where it may change the search path.

        Only a module counts that is part of what is installed.
        """
        if Subject.SEARCH_PATH not in self._subjects or self.standing.is_aside:
            return None
        if not self.standing.is_of_program:
            return None
        return next(self._alone.paths([Entry(MODULE_LEVEL)]))

    @cached_property
    def missing_scripts(self) -> tuple[MissingScript, ...]:
        """The scripts of the project that look in the module for what is not there."""
        if Subject.SCRIPTS not in self._subjects or self.standing.is_test:
            return ()
        return tuple(scripts.missing(self._read, self._finder))

    @cached_property
    def config_object(self) -> tuple[int, int, str] | None:
        """Where the module keeps a configuration object (``CONF = cfg.CONF``), and its name.

        None where a load is seen, or nothing is kept.
        """
        if not self.paths or any(path.first(Role.LOAD) for path in self.paths):
            return None
        for statement in syntax.statements(self._read.tree.body):
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Attribute):
                for name in self._names_of(statement.value):
                    if name[0] != "?" and Role.LOAD in roles_of(name) and name.endswith("CONF"):
                        return statement.lineno, statement.col_offset, name
        return None

    @cached_property
    def blunders(self) -> tuple[Blunder, ...]:
        """What in the module does not end the process as it says, if it begins one."""
        if Subject.LAUNCH not in self._subjects:
            return ()
        if self.standing.is_no_service or self.standing.is_aside:
            return ()
        is_asked = self.own_launches or words.calls_main(self.text)
        return blunders.at_exits(self._read, self._is_function) if is_asked else ()

    def _is_function(self, expression: ast.expr) -> bool:
        """Tell whether an expression of the top level is a function of the project."""
        return self._interpreter.is_function(self._read, expression)

    @cached_property
    def import_reads(self) -> ImportReads:
        """The options that the module surely reads when it is imported, if that is too early."""
        nothing = ImportReads((), ())
        if Subject.OPTION not in self._subjects or self.standing.is_test:
            return nothing
        reads = tuple(import_reads.surely_read(self._read, self._finder))
        if not reads:
            return nothing
        return ImportReads(reads, early.way_to(self._read, self._processes(), self._finder))

    def _processes(self) -> Iterator[str]:
        """Yield the modules that the processes begin with that the module is there for."""
        if any(map(parsing.may_parse, (one for path in self.paths for one in path.steps))):
            yield self.module
        yield from self.surroundings.processes()

    @cached_property
    def project(self) -> ProjectModules:
        """The modules of the project."""
        return ProjectModules(self._read, self._finder, self._pythons)

    @cached_property
    def options(self) -> ProjectOptions:
        """The options of oslo.config that the modules of the project register."""
        return ProjectOptions(self._read, self._finder)

    @cached_property
    def logging_files(self) -> LoggingFiles:
        """What the files of the project tell of loggers."""
        # few launches disable loggers
        from flake8_launcher.launch.around import logging_files

        return logging_files.LoggingFiles(self._finder, self._interpreter)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the project around the module tells of the processes that lead to it."""
        return Surroundings(self._read, self._finder, self._admission, self.standing.targets)

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self._finder, _nobody)

    def _names_of(self, expression: ast.expr) -> tuple[str, ...]:
        """Return the qualified names of what an expression of the top level may be."""
        return self._interpreter.names_of(self._read, expression)

    def moments(self, path: LaunchPath, steps: Iterable[Step]) -> Iterator[Moment]:
        """Return what happens on a path, imports among it, up to the last of some of its steps."""
        wanted = [*steps]
        return self._timeline.until(path, wanted) if wanted else iter(())

    def everything(self, path: LaunchPath, steps: Iterable[Step]) -> Iterator[Moment]:
        """Return what happens on a path, imports among it, with some of its steps."""
        return self._timeline.whole(path, [*steps])

    @cached_property
    def set_up(self) -> tuple[LaunchPath, ...]:
        """The launches; of a module that is served by another, what its top level does.

        So it is of a script that serves there, with no block of its own.
        """
        if self.launches or self.standing.is_apart:
            return self.launches
        if Subject.ORDER not in self._subjects:
            return ()
        is_script = not self.standing.is_importable
        if self._is_loaded or (is_script and self._top_level.first(Role.SERVE)):
            return (self._top_level,)
        return ()

    @cached_property
    def run_as_script(self) -> tuple[LaunchPath, ...]:
        """The launches; of a script that sets something up, what its top level does."""
        if self.launches or self.standing.is_apart:
            return self.launches
        if Subject.ORDER not in self._subjects or self.standing.is_importable:
            return ()
        return (self._top_level,)

    @cached_property
    def loaded(self) -> tuple[LaunchPath, ...]:
        """The launches; of a module that a process imports, what its top level does.

        That of a module which runs a file there, or shows what may be a configuration.
        """
        if self.launches or self.standing.is_apart:
            return self.launches
        if Subject.IMPORTED not in self._subjects or not self._is_loaded:
            return ()
        return (self._top_level,)

    @cached_property
    def _is_loaded(self) -> bool:
        """Whether a server loads the module, or a process imports it before all else."""
        if self._admission.served:
            return True
        return bool(early.way_to(self._read, self._processes(), self._finder))

    @cached_property
    def nesting(self) -> tuple[LaunchPath, ...]:
        """What each function of the module does that makes the event loop nest, as its text says.

        None for tests, and for what is no part of the program.
        """
        if Subject.ORDER not in self._subjects or self.standing.is_apart:
            return ()
        names = [name for name, text in self._functions if words.may_nest(text)]
        return tuple(self._alone.paths(map(Entry, names)))

    def processes(self) -> Iterator[Launcher]:
        """Yield what processes begin with that import the module at once, itself first."""
        yield self
        for name in dict.fromkeys(self._processes()):
            module = self._finder(name)
            if module is None or name == self.module:
                continue
            if early.way_to(self._read, [name], self._finder):
                subjects = frozenset({Subject.LAUNCH})
                admission = self._admission._replace(path=module.path, subjects=subjects)
                yield Launcher(module.tree, module.text, admission, folders=self._folders)

    @property
    def first_place(self) -> tuple[int, int]:
        """Line and column of the first statement that runs."""
        first = next(syntax.running(self._read.tree.body), None)
        return (first.lineno, first.col_offset) if first is not None else (1, 0)

    def ordered(self, path: LaunchPath) -> tuple[Moment, ...]:
        """Return what happens on a path, with its steps that matter to the rules about order."""
        known = self._ordered.get(path.entry)
        if known is None:
            wanted = [step for step in path.steps if order.matters(step)]
            known = self._ordered[path.entry] = tuple(self._timeline.whole(path, wanted))
        return known

    @cached_property
    def _timeline(self) -> Timeline:
        from flake8_launcher.launch.paths.timeline import Timeline

        is_file = self.surroundings.server_settings is not None
        return Timeline(self._read, self.project.sources, is_file)

    @cached_property
    def declared(self) -> tuple[Declaration, ...]:
        """The options that the file makes and that may, as far as names tell, hold a secret."""
        if Subject.SECRET not in self._subjects:
            return ()
        from flake8_launcher.settings.declarations import declarations

        return tuple(declarations(self._read, shapes.SECRET_TEXT, self._finder))

    @cached_property
    def settings(self) -> tuple[Declaration, ...]:
        """The settings that the file declares outside oslo.config and that hold a secret.

        None where it is no part of the program.
        """
        if Subject.SECRET not in self._subjects or self.standing.is_apart:
            return ()
        if not words.may_declare_setting(self.text):
            return ()
        from flake8_launcher.settings.readers import settings_of

        path = self._finder.project.relative(self._path)
        return tuple(settings_of(self._read, self._finder, path))

    def texts(self, step: Step) -> Iterator[str]:
        """Yield the texts of the modules of the project that lead to a step."""
        yield self.text
        modules = {package for name in step.chain for package in with_packages(name)}
        for module in map(self._finder, sorted(modules) if step.place else ()):
            if module is not None:
                yield module.text

    def calling(self, *roles: Role) -> Iterator[tuple[LaunchPath, Call]]:
        """Return the calls of every path that have one of some roles, each place once."""
        paths = (*self.paths, *self.patching)
        return _once((path, step) for path in paths for step in path.calling(*roles))

    def calls(self) -> Iterator[Call]:
        """Return the calls that the file itself makes where it may import by name, each once."""
        made = ((path, step) for path in self.importing for step in path.calls if not step.place)
        return (step for _, step in _once(made))


def _once(steps: Iterable[tuple[LaunchPath, Call]]) -> Iterator[tuple[LaunchPath, Call]]:
    """Yield the first step of each place: several paths lead to the same code."""
    seen: set[tuple[int, int]] = set()
    for path, step in steps:
        if (step.line, step.column) not in seen:
            seen.add((step.line, step.column))
            yield path, step


def _nobody(event: Event) -> None:
    """Take an event that nobody wants."""
