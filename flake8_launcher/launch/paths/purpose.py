"""What a path that was followed is for: to serve, or only to start, show or try something."""

from __future__ import annotations

from flake8_launcher.knowledge import Role, is_project, language
from flake8_launcher.launch.beginnings import entries
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL, Entry
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step
from flake8_launcher.launch.paths.endings import waits
from flake8_launcher.semantic.running.loops import only_shows


def may_serve(path: LaunchPath) -> bool:
    """Tell whether a path serves, as far as the module alone tells.

    Where the top level runs a function of another module that is named like a start, only that
    function tells.
    """
    if path.first(Role.SERVE) is not None:
        return True
    return path.entry == MODULE_LEVEL and any(
        step.use == "dropped" and not step.conditional and not step.is_imported
        for step in path.calls
        if not step.seen and step.role is None and len(step.chain) == 1
        if entries.is_start(step.name) and is_project(step.name)
    )


def leaves(entry: Entry, path: LaunchPath) -> bool:
    """Tell whether a function only starts a thread beside what others do, and is no main one."""
    if entry.declared or entry.is_command or not entry.name or not entry.name.isidentifier():
        return False
    if entries.is_main(entry.name) or not path.complete:
        return False
    serving = path.having(Role.SERVE)
    return all(step.is_detached for step in serving) and not any(
        waits(step) for step in path.steps if not step.is_detached and not step.is_imported
    )


def is_shown(serve: Step) -> bool:
    """Tell whether what serves is a loop that only shows something to a person."""
    if not isinstance(serve, Loop) or serve.is_detached:
        return False
    return only_shows(serve.node, of_any=len(serve.chain) == 1)


def is_import(path: LaunchPath, serve: Step) -> bool:
    """Tell whether what serves is a thread that a module has as soon as it is imported."""
    return path.entry == MODULE_LEVEL and serve.is_detached


def tried_with(path: LaunchPath) -> str | None:
    """Return the function of the module behind the block for scripts, if that may only try it.

    What imports the module may have it start a thread as well.

    :returns: none if the path is for something else; empty where the block has the loop itself, or
        makes an object, or a thread, that does.
    """
    serve = path.first(Role.SERVE)
    if serve is not None and is_import(path, serve) and not serve.place:
        return ""
    if serve is None or serve.place or path.entry != MAIN_BLOCK:
        return None
    if not (isinstance(serve, Loop) or _only_turns(path, serve)):
        return None
    return _begun_with(serve) if is_shown(serve) or _tries(serve) else None


def tries_own(path: LaunchPath, serve: Step) -> bool:
    """Tell whether a loop stands behind the making of an object of one of the file's own classes.

    So it does where a module shows what the class in it is good for.
    """
    if serve.place or len(serve.chain) > 2:
        return False
    module = serve.chain[0].rpartition(".")[0]
    made = (step for step in path.calls if step.chain == serve.chain and step.leads_to(serve))
    return any(_is_class_of(step.name, module) for step in made)


def _is_class_of(name: str, module: str) -> bool:
    """Tell whether a name is that of a class of a module, as it is spelled."""
    owner, _, last = name.rpartition(".")
    return owner == module and last[:1].isupper()


def _only_turns(path: LaunchPath, serve: Step) -> bool:
    """Tell whether what serves is an event loop, for which nothing else is made or started."""
    if not isinstance(serve, Call) or language.EVENT_LOOP.search(serve.name) is None:
        return False
    made = path.having(Role.CREATE, Role.START)
    return all(serve.name.startswith(f"{step.name}()") for step in made)


def _tries(serve: Step) -> bool:
    """Tell whether what serves stands where a file has what tries the things that it defines.

    That is the block for scripts, or one function behind it, where a service mostly has more; or
    the thread that is made there, or that an object has as soon as it is made.
    """
    block, *inner = serve.chain
    if serve.is_detached:
        return len(inner) == 1 or (len(inner) == 2 and inner[0].endswith(".__init__"))
    return not inner or (len(inner) == 1 and _is_beside(inner[0], block))


def _begun_with(serve: Step) -> str:
    """Return the function of the module with which the block for scripts leads to what serves.

    It is empty where that has the loop, or makes an object, or a thread, that does.
    """
    block, *inner = serve.chain
    is_function = inner and not serve.is_detached and _is_beside(inner[0], block)
    return inner[0].rpartition(".")[2] if is_function else ""


def _is_beside(function: str, block: str) -> bool:
    """Tell whether a function is one of the module's own that a block stands in, and no method."""
    return function.rpartition(".")[0] == block.rpartition(".")[0]
