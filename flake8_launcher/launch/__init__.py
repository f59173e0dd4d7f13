"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

import ast
import atexit
import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from flake8_launcher.gate import Admission, metadata, place, words
from flake8_launcher.gate.place import has_patching_name
from flake8_launcher.imports import early
from flake8_launcher.imports.summary import Held, Import, Patched
from flake8_launcher.knowledge import Role, root_of, roles_of, secrets
from flake8_launcher.knowledge import options as known
from flake8_launcher.launch import (
    command_line,
    entries,
    handling,
    import_reads,
    option_names,
    origins,
    parsing,
    scripts,
)
from flake8_launcher.launch.import_reads import ImportRead, ImportReads
from flake8_launcher.launch.model import (
    Argument,
    Handler,
    Launcher,
    LaunchPath,
    Moment,
    Part,
    Phase,
    Registry,
    Step,
    Timeline,
    shortened,
)
from flake8_launcher.launch.rebinding import Rebinding, rebindings
from flake8_launcher.launch.recorder import Recorder
from flake8_launcher.launch.roles import completed
from flake8_launcher.semantic import blunders, modules
from flake8_launcher.semantic.blunders import Blunder, Mishap
from flake8_launcher.semantic.events import Event, Guard
from flake8_launcher.semantic.finder import Finder
from flake8_launcher.semantic.interpreter import Interpreter
from flake8_launcher.semantic.modules import Module
from flake8_launcher.semantic.state import BoundReachedError
from flake8_launcher.settings.model import Declaration

__all__ = [
    "Argument",
    "Blunder",
    "Declaration",
    "Guard",
    "Handler",
    "Held",
    "Import",
    "ImportRead",
    "ImportReads",
    "LaunchPath",
    "Launcher",
    "Mishap",
    "Moment",
    "Part",
    "Patched",
    "Phase",
    "Rebinding",
    "Role",
    "Step",
    "command_line",
    "has_patching_name",
    "handling",
    "option_names",
    "origins",
    "parsing",
    "read",
    "rebindings",
    "shortened",
]


def read(
    tree: ast.Module, text: str, admission: Admission, pythons: Sequence[str] = ()
) -> Launcher | None:
    """Return the launch paths of a file, or none when there is nothing to ask of them.

    :param tree: the file's syntax tree.
    :param text: the file's text, which may differ from the disk.
    :param admission: what the gate knows of the file.
    :param pythons: interpreters or environments whose packages are read.
    """
    collects = gc.isenabled()
    gc.disable()  # the many small objects of the trees would be visited again and again
    _leave_at_exit()
    try:
        return _read(tree, text, admission, pythons)
    except RecursionError:
        # nested more deeply than can be followed
        return None
    finally:
        if collects:
            gc.enable()


@functools.cache
def _leave_at_exit() -> None:
    """Spare the trees that are kept the collections of garbage with which Python exits."""
    atexit.register(gc.freeze)


def _read(
    tree: ast.Module, text: str, admission: Admission, pythons: Sequence[str]
) -> Launcher | None:
    path, declared, entry_points, launches, *_ = admission
    read_early = tuple(import_reads.candidates(tree, text)) if admission.reads else ()
    if admission.only_reads and not read_early:
        return None
    name, package = modules.locate(path)
    module = Module(name, path, package, len(text), (text, tree))
    finder = Finder(module)
    is_test = place.is_test(path, finder.top)
    found = entries.find(tree, text, path, declared, entry_points, is_test) if launches else ()
    paths = [
        (entry, _follow(entry, module, finder))
        for entry in found
        if entry.certain or _serves_itself(entry, module)
    ]
    serving = tuple(path for entry, path in paths if _serves(path, entry))
    patches = words.may_patch(text) or place.is_gateway(path, text)
    patching = tuple(_patching(module, finder)) if patches else ()
    top_level = None
    if words.may_weaken(text):
        top_level = next(iter(patching), None) or _top_level(module, finder)
    aside = place.is_aside(path, finder.top)
    reflects = words.may_reflect(text) and not aside
    importing = tuple(_importing(module, reflects)) if reflects or words.may_import(text) else ()
    extending = None
    if not aside and words.may_extend_path(text) and place.is_of_program(path, package, text):
        extending = _follow(entries.Entry(entries.MODULE_LEVEL), module, None)
    missing = tuple(scripts.missing(module, finder)) if _is_declared(admission) else ()
    declares = words.may_declare_secret(text)
    if not any(
        (serving, patching, top_level, importing, extending, missing, declares, read_early)
    ):
        return None
    loads = any(path.first(Role.LOAD) for path in serving)
    config_object = _config_object(module, finder) if serving and not loads else None
    begun = tuple(
        path
        for entry, path in paths
        if entry.certain and (path in serving or path.first(Role.PATCH, Role.BACKEND))
    )
    part = _part(module, finder.top, declared, bool(begun))
    starts = begun if part is Part.START else ()
    if (
        part is Part.START
        and not begun
        and patching
        and any(map(_is_own, patching[0].having(Role.PATCH, Role.BACKEND)))
    ):
        starts = patching[:1]
    exits = blunders.at_exits(module) if serving else ()
    begins = functools.partial(_begins, module, finder, declared, loads)
    return Launcher(
        module=name,
        part=part,
        paths=serving,
        starts=starts,
        patching=patching,
        top_level=top_level,
        owns=functools.partial(_owns, module, finder),
        config_object=config_object,
        blunders=exits,
        make_timeline=functools.partial(_timeline, module, finder, pythons),
        importing=importing,
        make_registry=functools.partial(_registry, module, finder),
        make_declared=functools.partial(_declared, module if declares else None),
        find_import_reads=functools.partial(_import_reads, read_early, module, finder, begins),
        importable=place.is_importable(path, package, text) and part is not Part.TEST,
        text=text,
        not_installed=functools.partial(_not_installed, finder, pythons),
        extending=extending,
        aside=aside,
        missing_scripts=missing if part is not Part.TEST else (),
    )


def _timeline(module: Module, finder: Finder, pythons: Sequence[str]) -> Timeline:
    # what reads imports is large, and few rules ask
    from flake8_launcher.imports.sources import sources_for
    from flake8_launcher.launch.timeline import Timeline

    return Timeline(module, sources_for(finder, pythons))


def _registry(module: Module, finder: Finder) -> Registry:
    # what reads options is large, and few launchers ask
    from flake8_launcher.settings.registry import Registry

    return Registry(finder, module)


def _declared(module: Module | None) -> tuple[Declaration, ...]:
    if module is None:
        return ()
    from flake8_launcher.settings.declarations import declarations

    return tuple(declarations(module, secrets.TEXT))


def _is_declared(admission: Admission) -> bool:
    """Tell whether the project declares scripts that may look for something in the file."""
    path, groups = admission.path, admission.declared.values()
    return metadata.names(path, *groups) or metadata.may_lack(path, *groups)


def _owns(module: Module, finder: Finder, name: str) -> bool:
    """Tell whether a qualified name is that of something of the project."""
    root = root_of(name)
    if root == root_of(module.name):
        return True
    if root in sys.stdlib_module_names:
        return False
    parts = name.split(".")
    return any(finder(".".join(parts[:end])) for end in range(1, len(parts)))


def _not_installed(finder: Finder, pythons: Sequence[str], name: str) -> bool:
    """Tell whether a package outside the project that is installed lacks a module."""
    from flake8_launcher.imports.sources import sources_for

    return finder(root_of(name)) is None and sources_for(finder, pythons).lacks(name)


def _is_own(step: Step) -> bool:
    """Tell whether the module takes a step, not another that it imports."""
    return not step.is_imported


def _import_reads(
    found: tuple[ImportRead, ...],
    module: Module,
    finder: Finder,
    begins: Callable[[], Iterator[str]],
) -> ImportReads:
    """Return what the module surely reads on import, if that is too early."""
    if not found or place.is_test(module.path, finder.top):
        return ImportReads((), ())
    parsed = early.parse_line(module.text) or sys.maxsize
    interpreter = Interpreter(finder, _nobody)
    names_of = functools.partial(interpreter.names_of, module)
    before = (one for one in found if one.node.lineno < parsed)
    reads = tuple(import_reads.resolved(before, names_of))
    return ImportReads(reads, early.way_to(module.name, begins(), finder) if reads else ())


def _begins(
    module: Module, finder: Finder, declared: metadata.Declared, loads: bool
) -> Iterator[str]:
    """Yield the modules that the processes begin with that a module is there for.

    What belongs to one service, as its package tells, others may import and not use.

    :param loads: whether a process that begins with the module loads its configuration later.
    """
    if loads:
        yield module.name
    scripts = sorted({target for group in declared.values() for target in group})
    begins = [script.partition(":")[0].strip() for script in scripts] or finder.commands()
    services = {name: name.rpartition(".")[2] for name in begins}
    own = set(module.name.split(".")[1:]).intersection(services.values())
    for name, service in services.items():
        if not known.TOOL.fullmatch(service) and (not own or service in own):
            yield name


def _part(module: Module, top: str, declared: metadata.Declared, begins: bool) -> Part:
    path = module.path
    if place.is_test(path, top):
        return Part.TEST
    scripts = (script for group in declared.values() for script in group)
    if begins or place.starts_process(path, module.text, scripts):
        return Part.START
    return Part.PATCH if place.is_made_to_patch(path) else Part.OTHER


def _patching(module: Module, finder: Finder) -> Iterator[LaunchPath]:
    """Yield what runs when the module is imported, and each function of it that patches."""
    yield _top_level(module, finder)
    for name, text in entries.functions(module):
        if words.may_patch(text):
            yield _follow(entries.Entry(name), module, None)


def _top_level(module: Module, finder: Finder) -> LaunchPath:
    """Return what runs when the module is imported."""
    return _follow(entries.Entry(entries.MODULE_LEVEL), module, finder)


def _importing(module: Module, reflects: bool) -> Iterator[LaunchPath]:
    """Yield what runs when the module is imported, and its functions that import by name.

    :param reflects: whether those count as well that run code which is named elsewhere, and
        those that call them.
    """
    yield _follow(entries.Entry(entries.MODULE_LEVEL), module, None)
    functions = list(entries.functions(module))
    chosen = {name for name, text in functions if words.may_import(text)}
    if reflects:
        found = {name for name, text in functions if words.may_reflect(text)}
        callers = words.calling(found)
        chosen |= found | {name for name, text in functions if callers(text)}
    for name, _ in functions:
        if name in chosen:
            yield _follow(entries.Entry(name), module, None)


def _serves_itself(entry: entries.Entry, module: Module) -> bool:
    """Tell whether an entry function serves as far as its own module shows."""
    path = _follow(entry, module, None)
    return path.first(Role.SERVE) is not None


def _serves(path: LaunchPath, entry: entries.Entry) -> bool:
    return entry.served or path.first(Role.SERVE) is not None


def _follow(entry: entries.Entry, module: Module, finder: Finder | None) -> LaunchPath:
    """Return the launch path of one entry function.

    :param finder: gives the other modules of the project; without it they stay symbols.
    """
    recorder = Recorder(module, finder.relative if finder else os.path.basename)
    interpreter = Interpreter(finder or _not_read, recorder, _runs, finder is not None)
    complete = True
    try:
        interpreter.run_packages(module)
        if entry.name == entries.MAIN_BLOCK:
            interpreter.run_module(module, functools.partial(recorder.enter, entry.name))
        else:
            interpreter.run_module(module)
            recorder.enter(entry.name)
        if entry.name not in (entries.MODULE_LEVEL, entries.MAIN_BLOCK):
            interpreter.run_function(module, entry.name)
    except (BoundReachedError, RecursionError):
        complete = False
    every = completed(recorder.steps, module.name, entry.certain and not entry.served)
    steps = tuple(step for step in every if not step.is_read)
    return LaunchPath(
        entry.name,
        steps,
        complete and interpreter.complete,
        entry.declared,
        tuple(recorder.sought),
        every,
    )


def _runs(module: Module) -> bool:
    """Tell whether the top level of an imported module is worth following."""
    return words.is_made_ready(module.text)


def _config_object(module: Module, finder: Finder) -> tuple[int, int, str] | None:
    """Return where the module binds an oslo.config object, and the object's name."""
    for statement in modules.statements(module.tree.body):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Attribute):
            for name in Interpreter(finder, _nobody).names_of(module, statement.value):
                if name[0] != "?" and Role.LOAD in roles_of(name) and name.endswith("CONF"):
                    return statement.lineno, statement.col_offset, name
    return None


def _not_read(name: str) -> Module | None:
    """Leave every other module a symbol."""
    return None


def _nobody(event: Event) -> None:
    """Take an event that nobody wants."""
