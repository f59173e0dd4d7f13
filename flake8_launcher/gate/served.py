"""What another process loads and serves: its place, its text and its project tell."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable

from flake8_launcher.gate import place, taken
from flake8_launcher.gate.targets import SCRIPT, Target, Targets
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.pieces import first_unquoted

TOP_LEVEL = ""
_OWN = r"(?:[A-Z]\w{0,40})?"
"""What begins the name of a class of the project that derives from one of a framework."""
_APPLICATION = deferred(
    r"^(?:app|application|celery|celery_app)\b[^=\n]*="
    r" *(?:await +)?(?:\w+\.)*"
    rf"(?:{_OWN}(?:Celery|FastAPI|Flask|FunctionApp|Litestar|Quart|Sanic|Starlette)"
    r"|celery_init_app|(?:create|init|make)_celery|get_asgi_application|get_wsgi_application"
    r"|loadapp)\(",
    re.MULTILINE,
)
"""What a module holds that a server loads, wherever it stands."""
_MADE = deferred(
    r"^app(?:lication)?\b[^=\n]*= *(?:await +)?(?:\w+\.)*(?:create_app|make_app)\("
    r"|^application\b[^=\n]*= *(?:\w+\.)*(?:get|build)_\w*app\w*\(",
    re.MULTILINE,
)
"""What else it holds, where it is no tool that needs an application for something else."""
_TOOL = deferred(
    r"\bapp_context\(|\bsys\.argv\b|\bargparse\b|\bManager\(|\bFlaskGroup\(|\bapp\.openapi\(\)"
)
_ANSWERS = deferred(
    r"route|blueprint|url_rule|resource|errorhandler|\.run\(|\bapi\b|admin|views|handler|register"
    r"|socket",
    re.IGNORECASE,
)
"""What an application has that answers somebody; another one is there for its settings."""
_TASKS = deferred(r"@\w+\.task\b|@shared_task\b|autodiscover|\binclude\b|\bimports\b|schedule")
"""What one of Celery's has that a worker loads; another one only sends."""
_HOLDS = deferred(
    r"^(?:(?:async +)?def +)?app(?:lication)?\b.*[=:(]"
    r"|^from +[\w.]+ +import (?:\([^)]{0,500}|[^\n]*)\bapplication\b",
    re.MULTILINE,
)
"""What a module holds that a server loads by its name: made there, imported, or a function."""
_FACTORY = deferred(
    r"^(?:async +)?def +((?:create|get|make)_\w{0,20}app(?:lication)?)\(([^\n]*)",
    re.MULTILINE,
)
"""What makes it there, where such a module holds none."""
_PASSES = deferred(r"^from +[\w.]+ +import +app\b", re.MULTILINE)
"""What one holds that does no more than import it; any other may import a module ``app``."""
_DJANGO = deferred(r"^INSTALLED_APPS\b", re.MULTILINE)
_HANDLERS = deferred(
    r"^@(?:kopf\.(?:on\.|daemon|timer|index)|(?:cl|chainlit)\.on_|functions_framework\.)"
    r"|^class WorkerSettings\b",
    re.MULTILINE,
)
"""What kopf, Chainlit, Functions Framework and arq take of a file."""
_WORKED_OFF = deferred(rf"^\w+\b[^=\n]*= *(?:\w+\.)*{_OWN}Celery\(", re.MULTILINE)
"""The tasks of an application of Celery: a worker loads it, whoever imports it to call them."""
_HANDLER_WORDS = (
    "\n@kopf.",
    "\n@cl.on_",
    "\n@chainlit.on_",
    "\n@functions_framework.",
    "\nclass WorkerSettings",
)
_LOADED_WORDS = (
    "start_response",
    "receive, send",
    "make_wsgi_app",
    "wsgify",
    ".servable(",
    "curdoc(",
    "import streamlit",
    "from saq",
    "\n@dramatiq.",
    "@rpc",
    "\n@bentoml.",
    "\n@serve.",
)
"""Words of what servers load that makes no application: functions, classes and scripts."""
_NAMES = (
    "\napp",
    "import app",
    "Celery",
    "celery",
    "FastAPI",
    "Flask",
    "App(",
    "Application(",
    "\napi = ",
    "create_app",
    "make_app",
    "\nINSTALLED_APPS",
    "Bottle(",
    "Broker(",
    "Huey(",
    "Litestar(",
    "MCP(",
    "Quart(",
    "Sanic(",
    "Starlette(",
    *_HANDLER_WORDS,
    *_LOADED_WORDS,
)
"""Words of which one is in the text of what is served."""
_APP = r"(?:\w+_)?(?:app(?:lication)?|celery)"
_MAY_HOLD = deferred(
    r"\b(?:App[A-Z]\w+|\w*(?:API|Api|App|Application|Bottle|Broker|Celery|Flask|Huey|Litestar"
    r"|MCP|Quart|Sanic|Starlette))\("
    rf"|^{_APP}\b|^[ \t]*from +[\w.]+ +import +{_APP}\b"
    r"|^(?:async +)?def \w{0,60}app\w{0,60}\(|^(?:bind|workers|worker_class) *=",
    re.MULTILINE,
)
"""What may make an application, or tell gunicorn what to do."""
_LOADED = deferred(r"(?:api|app|application|main|run|serve|server|web|webapp)\.py")
"""Names of files that commands have servers load."""
_MAKES = deferred(r"^( *)def makeService\(", re.MULTILINE)
"""What twistd calls for a service: a method of a plugin, or of the module that it names."""
_BLOCK = deferred(r"^if __name__ *==", re.MULTILINE)
_FILLS = ("dotenv(", "read_env(")
"""Words of what fills the environment from a file."""
_CALLED = ("app", "application")
_NAMES_MAKER = deferred(r"^\w+ *= *(?:\w+\.)*ServiceMaker\(", re.MULTILINE)
"""What twistd finds in a plugin that does no more than name that module."""
_SETTINGS = deferred(r"(?!\w*\W)\w*(?:conf|deploy|prod|server|settings|wsgi)\w*")
_SETS = deferred(r"^(?:bind|\w*app|\w*log|preload_\w+|threads|timeout|worker\w*) *=", re.MULTILINE)
"""What settings of gunicorn hold."""
_OF_TWISTD = deferred(r"(?!\w*\W)\w*(?:tap|plugin|service|twist)\w*")


def entries(path: str, text: str, targets: Targets) -> frozenset[str]:
    """Return what a server runs of a file that it loads; nothing of any other file.

    That is the top level, and the functions that the server calls for the application.

    :param path: absolute path of the file.
    :param text: its text.
    :param targets: tells what projects have servers load.
    """
    if found := _of_twistd(path, text):
        return found
    if is_by_name(path, text):
        return _all(_told(text, targets.of(path)))
    if _may_be_settings(path, text):
        return _told(text, targets.of(path))
    if place.has_gateway_name(path):
        makers = (name for name, given in _FACTORY.findall(text) if _needs_nothing(given))
        return _told(text, targets.of(path)) or frozenset(itertools.islice(makers, 1))
    is_likely = _is_top_package(path) or _is_named_like(path)
    if not (is_likely or any(word in text for word in _NAMES) or _may_set_server(path, text)):
        return _told(text, filter(_is_sure, targets.of(path)))
    if is_by_text(text):
        told = _told(text, targets.of(path))
        if not told and not _is_loaded(text):
            if _serves_itself(text) or targets.is_taken(path):
                return frozenset()
        return _all(told)
    if not is_likely and not any(word in text for word in _LOADED_WORDS):
        if not _MAY_HOLD.search(text):
            return _told(text, filter(_is_sure, targets.of(path)))
    return _told(text, targets.of(path))


def _is_sure(target: Target) -> bool:
    """Tell whether a target is surely of the file that is named like it.

    A command names what it is to hold as well, or it is what has the tasks of a worker.
    """
    is_named = bool(target.name) and not (target.is_settings or target.file.endswith(".py"))
    return target.is_task or is_named


def _is_top_package(path: str) -> bool:
    """Tell whether a file is that of a package at the top, which may import an application."""
    folder, name = os.path.split(path)
    above = os.path.dirname(folder)
    return name == "__init__.py" and not os.path.exists(os.path.join(above, name))


def _is_named_like(path: str) -> bool:
    """Tell whether a file is named like what commands load, of whatever framework it is."""
    return _LOADED.fullmatch(os.path.basename(path)) is not None


def is_by_name(path: str, text: str) -> bool:
    """Tell whether the name or folder of a file says that a server loads it."""
    if place.is_server_configuration(path):
        # ``gunicorn.py`` may as well be what a project has for it, or starts it with
        return "conf" in os.path.basename(path) or _SETS.search(text) is not None
    if not place.has_gateway_name(path):
        return False
    if _HOLDS.search(text):
        return True
    return "def " not in text and _PASSES.search(text) is not None


def _may_set_server(path: str, text: str) -> bool:
    """Tell whether a file may hold settings of gunicorn, under a name of the project's own."""
    stem = os.path.basename(path).removesuffix(".py")
    return _SETTINGS.fullmatch(stem) is not None and ("\nbind" in text or "\nworker" in text)


def _may_be_settings(path: str, text: str) -> bool:
    """Tell whether a file that fills the environment may hold settings of Django."""
    if "\nINSTALLED_APPS" in text or not any(word in text for word in _FILLS):
        return False
    return "settings" in path.rsplit(os.sep, 2)[-1] or "settings" in path.rsplit(os.sep, 2)[-2]


def is_by_text(text: str) -> bool:
    """Tell whether a file holds what a server looks for: an application, settings, handlers."""
    if "\napp" in text and _has(text, _MADE) and not _TOOL.search(text):
        return True
    if ("app_context(" in text and not _ANSWERS.search(text)) or (
        "send_task(" in text and not _TASKS.search(text)
    ):
        return False  # it needs an application for something else
    return any(
        word in text and _has(text, pattern)
        for word, pattern in (
            ("\napp", _APPLICATION),
            ("\ncelery", _APPLICATION),
            ("\nINSTALLED_APPS", _DJANGO),
            *((word, _HANDLERS) for word in _HANDLER_WORDS),
        )
    )


def _has(text: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a text has lines of some shape, outside the texts that it writes elsewhere."""
    return first_unquoted(pattern, text) is not None


def _serves_itself(text: str) -> bool:
    """Tell whether a function serves what the file holds, and somebody else calls that."""
    if "__main__" in text:
        return False
    return any(taken.serves(text, name) for name in _CALLED if f"\n{name}" in text)


def _is_loaded(text: str) -> bool:
    """Tell whether a file holds what the module that imports it does not serve in its place."""
    return any(
        word in text and _has(text, pattern)
        for word, pattern in (
            ("\nINSTALLED_APPS", _DJANGO),
            *((word, _HANDLERS) for word in _HANDLER_WORDS),
            ("Celery(", _WORKED_OFF),
        )
    )


def _all(told: frozenset[str]) -> frozenset[str]:
    """Return the top level, and the functions that are told of beside it."""
    return frozenset({TOP_LEVEL}) | {name for name in told if name}


def _told(text: str, targets: Iterable[Target]) -> frozenset[str]:
    """Return what the project tells servers to run of a file."""
    found: set[str] = set()
    for target in targets:
        if target.is_task:
            found.add(TOP_LEVEL)
            continue
        if target.name == SCRIPT:
            found.add(SCRIPT if "__main__" in text and _BLOCK.search(text) else TOP_LEVEL)
            continue
        name = re.escape(target.name or "create_app")
        defined = re.compile(rf"^(?:async +)?def {name}\(([^\n]*)", re.MULTILINE).search(text)
        if target.is_settings or defined is None:
            if target.is_settings or not target.name or _binds(text, name):
                found.add(TOP_LEVEL)
        elif target.is_called or _needs_nothing(defined[1]):
            found.add(target.name or "create_app")
        else:
            found.add(TOP_LEVEL)  # it is the application
    return frozenset(found)


def _binds(text: str, name: str) -> bool:
    """Tell whether the top level of a module binds a name, in a block of it too."""
    bound = (
        rf"^(?:(?: {{2,4}})?(?:{name}\b[^=\n]*=|(?:from [\w.]+ )?import [^\n]*\b{name}\b(?!\.))"
        rf"|class {name}\b|[ \t]+{name},?$)"
    )
    return re.compile(bound, re.MULTILINE).search(text) is not None


def _needs_nothing(parameters: str) -> bool:
    """Tell whether a function can be called without arguments, as far as a line tells."""
    first = parameters.partition(",")[0].strip()
    return first.startswith((")", "*")) or "=" in first


def _of_twistd(path: str, text: str) -> frozenset[str]:
    """Return what twistd calls of a file."""
    folder, name = os.path.split(path)
    if name.endswith(".tac"):
        return frozenset({TOP_LEVEL})
    stem = name.removesuffix(".py")
    if os.path.basename(folder) != "plugins" and not _OF_TWISTD.fullmatch(stem):
        return frozenset()
    if "ServiceMaker(" in text and _NAMES_MAKER.search(text):
        return frozenset({TOP_LEVEL})
    if "makeService" not in text:
        return frozenset()
    found = _MAKES.search(text)
    if found is None:
        return frozenset()
    cls = text.rfind("\nclass ", 0, found.start()) if found[1] else -1
    holder = re.compile(r"\w*").match(text, cls + 7) if cls != -1 else None
    return frozenset({f"{holder[0]}.makeService" if holder else "makeService"})
