"""What a project tells servers to load: ``"package.module:name"``, wherever that is written.

It stands in a Procfile, in files of containers, units and supervisors, in shell scripts, and in
calls such as ``uvicorn.run("package.module:name")``. All are read as text, once a project.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flake8_launcher import files
from flake8_launcher.gate import place
from flake8_launcher.gate.taken import taken
from flake8_launcher.knowledge import programs
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.tops import top_of

_COMMANDS = deferred(
    r"Procfile(?:\.\w+)?|(?:[\w-]+\.)?(?:Docker|Container)file(?:\.[\w-]+)?|Makefile|justfile"
    r"|[\w-]*(?:compose|deploy)[\w.-]*\.ya?ml|(?:app|heroku|render)\.ya?ml|(?:app|railway)\.json"
    r"|(?:fly|nixpacks|railway)\.toml"
    r"|pyproject\.toml|tox\.ini|\.flaskenv|[\w-]*uwsgi[\w-]*\.(?:ini|ya?ml|json)"
    r"|[\w@-]+\.(?:service|conf|sh)|[\w-]*(?:entrypoint|start|run)[\w-]*|run"
)
"""Names of files with the commands that start the services of a project."""
_CLUSTER = deferred(r"(?i)[\w-]*(?:deploy|k8s|kube|manifest)[\w-]*")
"""Names of folders with what a cluster is told to run."""
_VARIABLES = "(?:ASGI|FLASK|LITESTAR|QUART|WSGI)_APP|APP_MODULE"
_BETWEEN = r"[\"', \t]+"
_LOADERS = "|".join(map(re.escape, sorted(programs.LOADERS))).replace(r"\ ", _BETWEEN)
_SERVERS = rf"(?:{_LOADERS}|wsgi-file|wsgi_app|wsgi_module|module|{_VARIABLES})"
_SERVER = deferred(rf"(?<![\w./-])(?:[\w./-]*/)?{_SERVERS}(?![\w-])")
_MODULE = r"[A-Za-z_]\w*(?:\.\w+)*"
_CALLED = deferred(
    rf"^(?:use[ \t]*[=:][ \t]*call:|factory[ \t]*[=:][ \t]*)({_MODULE}):(\w+)", re.MULTILINE
)
"""What settings of PasteDeploy, or of Baseplate, have called for the application."""
_FACTORY = deferred(
    rf"^paste\.app_factory[ \t]*[=:][ \t]*({_MODULE}):(\w+(?:\.\w+)?)", re.MULTILINE
)
"""What those of PasteDeploy have called for each of their applications."""
_NAMED = deferred(rf"(?<![\w./:=@-])({_MODULE}):([A-Za-z_]\w*)(\(?)(?![\w/.-])")
_AFTER_EQUALS = deferred(
    rf"(?:(?:--app|--wsgi|wsgi_app|{_VARIABLES})[ \t]*=[ \t]*[\"']?|\bmodule[ \t]*=[ \t]*)"
    rf"({_MODULE})(?::(\w+)(\(?))?"
)
_VARIABLE = deferred(rf"(?<!\w)[A-Z]\w*_APP[ \t]*=[ \t]*[\"']?({_MODULE}):(\w+)(\(?)")
"""A variable of any other name, that a command uses."""
_UWSGI_MODULE = deferred(rf"(?<!\S)(?:--module|--wsgi|-w)[ \t]+[\"']?({_MODULE})(?![\w.:/-])")
_UWSGI_NAME = deferred(r"(?<!\S)--callable[ \t=]+[\"']?(\w+)")
"""A module that a command names for uWSGI by itself, and what that takes of it."""
_BY_OPTION = deferred(
    rf"\b(?:{'|'.join(programs.LOAD_BY_OPTION)})\b[^\n|;&]{{0,300}}?[\"' \t](?:-A|--app)"
    rf"[\"',= \t]+({_MODULE})(?::(\w+))?"
)
_FILE = deferred(r"(?<![\w/.-])(?:\./)?([A-Za-z_][\w/]*)\.(?:py|tac)\b(?::([A-Za-z_]\w*)(\(?))?")
_BY_DOTS = deferred(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, programs.LOAD_BY_DOTS))})(?:\.py)?(?![\w.-])"
    r"([^\n|;&]{0,300})"
)
"""A command that names what it loads as ``package.module`` or ``package.module.name``."""
_GUNICORN = deferred(r"\bgunicorn3?\b([^\n|;&#]*)")
_FLAGS = frozenset({"--daemon", "--preload", "--reload", "-D"})
"""Options of gunicorn that take no value."""
_WORD = deferred(r"[^\s\"',\[\]]+")
_DOTTED = deferred(r"[A-Za-z_]\w*(?:\.\w+)+(?<!\.py)")
_LOADS_FILE = deferred(
    rf"\b(?:{'|'.join(programs.LOAD_FILES)}|FLASK_APP|wsgi-file)\b".replace(" ", _BETWEEN)
)
_RUNS_FILE = deferred(rf"\b(?:{'|'.join(programs.RUN_FILES)})\b")
_GOES_ON = deferred(
    r"[ \t]*(?:-.*|args:.*|CMD[ \t].*|[\"']?[^\s:]+(?::\w+(?:\(\))?)?[\"',]*)[ \t]*"
)
"""A line that a command goes on in: an item of a list, an option, or a word that stands alone."""
_SETTINGS = deferred(
    r"\bgunicorn\b[^\n]{0,300}?[\"' \t](?:-c|--config)[\"',= \t]+(?:(?:file|python):)?"
    rf"(?:\./|\$\{{?\w+\}}?/)?(/?[\w/.-]+\.py\b|{_MODULE})"
)
_IN_CODE = (
    ("uvicorn", "gunicorn", "hypercorn", "granian", "daphne", "sanic", "celery", "app_spec")
    + ("wsgi_app", "Granian")
    + ("APP_MODULE", "ASGI_APP", "FLASK_APP", "LITESTAR_APP", "QUART_APP", "WSGI_APP")
    + ("WSGI_APPLICATION", "run_simple")
)
"""What stands in code before what a server is told to load."""
_BEGUN = deferred(r"[\"'](?=[^\"'\n]*\Z)")
"""The quote that begins the text which a line ends in."""
_DJANGO = "DJANGO_SETTINGS_MODULE"
_DJANGO_SETTINGS = deferred(rf"{_DJANGO}[\"'][\])]?\s*[,=]\s*[\"']({_MODULE})[\"']")
_QUOTED = deferred(rf"[\"']({_MODULE}):([A-Za-z_]\w*)(\(?)\)?[\"']")
_EMBEDDED = deferred(r"\bgunicorn\.app\b")
_LOADS = deferred(r"\bdef load\(self\b[^\n]*")
_BODY_ENDS = deferred(r"\n[ \t]*(?:async def|class|def|@|if __name__)\b")
_IMPORTED = deferred(
    rf"\n[ \t]+from[ \t]+\.{{0,3}}({_MODULE})[ \t]+import[ \t]+(\w+)(?: as (\w+))?"
)
_PRELOADS = deferred(r"(?<!\S)[\"']?--preload\b")
_WORKS = deferred(r"[ \"']worker\b")
_GREEN = deferred(
    r"(?<![\w-])(?:-k|-P|--pool|--worker-class)[\"',= \t]*(g?gevent(?:_\w+)?|eventlet)\b"
)
_UWSGI = deferred(r"\buwsgi\b|\[uwsgi\]")
_UWSGI_FORKS = deferred(
    r"(?:^|[\s\"'-])(?:(?:processes|workers)[\"' \t=:,]{1,9}(?:[2-9]|1\d|%|\$)"
    r"|master[\"' \t,]{0,9}(?:[=:][\"' \t]{0,9}(?:true|1)\b|-|$)|-p[\"' \t,]{0,9}[2-9])",
    re.MULTILINE,
)
_UWSGI_LATE = deferred(r"\blazy(?:-apps)?\b(?![\"' \t]{0,9}[=:][\"' \t]{0,9}(?:false|0))")
"""What has each worker of uWSGI load the application by itself."""
_HAS_SETTINGS = deferred(r"(?<!\S)[\"']?(?:-c|--config)\b")
_POOL = deferred(r"(?<![\w-])(?:-P|--pool)[\"',= \t]*(?!prefork|processes)\w")
"""The pool of a worker of Celery that does not fork."""
_CALLS_FACTORY = deferred(r"--(?:call|factory)\b|\baiohttp\.web\b|\bfactory[\"']?[:=] ?True")
SCRIPT = "__main__"
"""What a server takes of a file that it runs as a script, each time that somebody asks for it."""
_SERVED = "serves"
_SKIPPED = frozenset(
    {"__pycache__", "build", "dist", "docs", "htmlcov", "locale", "migrations", "node_modules"}
    | {"site-packages", "static", "templates", "test", "tests", "venv", "vendor"}
)
_MAX_FOLDERS = 300
_MAX_NAMES = 6_000
_MAX_FILES = 400
_MAX_BYTES = 128_000
_MAX_TEXT = 4_000_000
_MAX_LINE = 2_000
_MAX_LINES = 30
_MAX_TARGETS = 500
_NEAR = 200
_MAX_COMMAND = 4_000
_MAX_BODY = 600


class Target(NamedTuple):
    """Something that a server is told to load.

    :ivar module: the module, as the server is told: its packages may be more.
    :ivar name: what the server takes of it; empty for what it finds by itself.
    :ivar is_called: whether the server surely calls that for the application.
    :ivar is_settings: whether the module holds settings of the server, or of Django.
    :ivar is_task: whether a worker of a task queue is told the module, and takes its tasks.
    :ivar forks: the server, where it loads the module and then forks its workers.
    :ivar green: the kind of green worker that it is told to have.
    :ivar settings: the file or module of settings that its command names beside that; ``?`` for
        one that cannot be told.
    :ivar taken: how the module of that file has what it names there: it ``imports`` it, or
        ``serves`` it as well. No server is told anything then.
    :ivar file: the name of the file that tells it.
    :ivar folder: the folder of that file.
    """

    module: str
    name: str = ""
    is_called: bool = False
    is_settings: bool = False
    is_task: bool = False
    forks: str = ""
    green: str = ""
    settings: str = ""
    taken: str = ""
    file: str = ""
    folder: str = ""


class Targets:
    """What projects tell servers to load; each is read once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Target, ...]] = {}
        self._by_name: dict[str, dict[str, list[Target]]] = {}
        self._tops: dict[str, str] = {}
        self._is_told: dict[str, bool] = {}
        self._is_beside: dict[tuple[str, str], bool] = {}

    def of(self, path: str) -> Iterator[Target]:
        """Yield what the project of a file tells servers to load of that file.

        :param path: absolute path of the file.
        """
        return (target for target in self._naming(path) if not target.taken)

    def loaded(self, path: str) -> tuple[Target, ...]:
        """Return what the project of a file tells servers to load, settings apart.

        :param path: absolute path of the file.
        """
        told = self._told(self._top(os.path.dirname(path)))
        return tuple(one for one in told if not (one.taken or one.is_settings))

    def is_taken(self, path: str) -> bool:
        """Tell whether another module has the application of a file, and it is that which starts.

        It imports the application, and serves it or is what a server loads.

        :param path: absolute path of the file.
        """
        for target in self._naming(path):
            other = os.path.join(target.folder, target.file)
            if target.taken and other != path:
                if target.taken == _SERVED or place.has_gateway_name(other):
                    return True
                if other not in self._is_told:
                    self._is_told[other] = any(self.of(other))
                if self._is_told[other]:
                    return True
        return False

    def _naming(self, path: str) -> Iterator[Target]:
        """Yield what is found in a project that names a file."""
        parts = os.path.splitext(path)[0].removesuffix(f"{os.sep}__init__").split(os.sep)
        top = self._top(os.path.dirname(path))
        if top not in self._by_name:
            named = self._by_name[top] = {}
            for target in self._told(top):
                named.setdefault(target.module.rpartition(".")[2], []).append(target)
        for target in self._by_name[top].get(parts[-1], ()):
            wanted = target.module.split(".")
            if parts[-len(wanted) :] == wanted:
                if not self._is_of_another(target, path) and not _is_module_of(target, path):
                    yield target

    def _is_of_another(self, target: Target, path: str) -> bool:
        """Tell whether a module of that name stands beside the file that tells of it.

        And not there: several services of a repository may each have a ``main:app``.
        """
        beside = os.path.join(target.folder, *target.module.split("."))
        several = (f"{beside}.py", os.path.join(beside, "__init__.py"))
        if path in several:
            return False
        known = self._is_beside.get((beside, target.name))
        if known is None:
            texts = (files.read_text(one, errors="replace") for one in several)
            known = any(text is not None and target.name in text for text in texts)
            self._is_beside[beside, target.name] = known
        return known

    def _told(self, top: str) -> tuple[Target, ...]:
        known = self._known.get(top)
        if known is None:
            found = dict.fromkeys(itertools.islice(_read(top), _MAX_TARGETS))
            known = self._known[top] = tuple(found)
        return known

    def _top(self, folder: str) -> str:
        known = self._tops.get(folder)
        if known is None:
            known = self._tops[folder] = top_of(folder, _names)
        return known


def _is_module_of(target: Target, path: str) -> bool:
    """Tell whether what a target names is a module of the package that a file makes."""
    folder, file = os.path.split(path)
    return file == "__init__.py" and f"{target.name}.py" in _names(folder)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):
        return []


def _read(top: str) -> Iterator[Target]:
    """Yield what the files of a project tell, from its folder down."""
    folders, seen, read, left = [top], 0, 0, _MAX_TEXT
    for folder in folders:
        here = os.path.basename(folder)
        for name in _names(folder):
            seen += 1
            if seen > _MAX_NAMES or read == _MAX_FILES or left <= 0:
                return
            path = os.path.join(folder, name)
            told_in = next((one for ends, one in _READERS if name.endswith(ends)), None)
            is_manifest = name.endswith((".yaml", ".yml")) and _CLUSTER.fullmatch(here)
            if is_manifest or (_COMMANDS.fullmatch(name) and told_in is not _in_code):
                told_in = _in_commands
            if told_in is not None:
                text = files.read_text(path, _MAX_BYTES, errors="replace")
                if text is not None:
                    read += 1
                    left -= len(text)
                    told = told_in(text)
                    yield from (target._replace(file=name, folder=folder) for target in told)
            elif name[0] != "." and "." not in name and name not in _SKIPPED:
                if len(folders) < _MAX_FOLDERS and os.path.isdir(path):
                    folders.append(path)


def _in_settings(text: str) -> Iterator[Target]:
    """Yield what settings of PasteDeploy, or of Baseplate, have called for an application.

    Of several applications each is a part of what is served.
    """
    if "[app:" not in text:
        return
    sections = f"\n{text}".split("\n[")
    for section in sections:
        for found in _CALLED.finditer(section) if section.startswith("app:") else ():
            yield Target(found[1], found[2], True)
    factories = set(_FACTORY.findall(text))
    if len(factories) == 1:
        yield from (Target(module, name, True) for module, name in factories)


def _in_commands(text: str) -> Iterator[Target]:
    """Yield what commands tell; one may go on in the next line."""
    # a file of uWSGI's settings is one command
    whole = _forks_uwsgi(text) if "[uwsgi]" in text else ""
    lines = text.replace("\\\n", " ").split("\n")
    for at, line in enumerate(lines):
        if len(line) <= _MAX_LINE and _SERVER.search(line):
            yield from _with_workers(_whole(lines, at), whole)
        elif "_APP" in line and len(line) <= _MAX_LINE:
            for found in _VARIABLE.finditer(line):
                yield Target(found[1], found[2], bool(found[3]))


def _whole(lines: list[str], at: int) -> str:
    """Return a command that begins in a line, with the lines that it goes on in."""
    words, length = [lines[at]], len(lines[at])
    for line in lines[at + 1 : at + 1 + _MAX_LINES]:
        length += len(line)
        if length > _MAX_LINE or not _GOES_ON.fullmatch(line) or _SERVER.search(line):
            break
        words.append(line)
    return " ".join(words)


def _with_workers(line: str, whole: str = "") -> Iterator[Target]:
    """Yield what a command tells.

    :param whole: the server that forks, where its settings tell that.
    """
    forks, green, settings = _workers(line)
    for target in _in_command(line):
        beside = "" if target.is_settings else settings
        yield target._replace(forks=forks or whole, green=green, settings=beside)


def _in_command(line: str) -> Iterator[Target]:
    calls = _CALLS_FACTORY.search(line) is not None
    for found in _NAMED.finditer(line):
        yield Target(found[1], found[2], calls or found[3] == "(")
    for found in _GUNICORN.finditer(line):
        # it takes ``application`` of a module that stands first or last in its command
        words = _WORD.findall(found[1])
        for word in dict.fromkeys((*words[:1], *words[-1:])):
            if _DOTTED.fullmatch(word):
                yield Target(word)
        if len(words) > 1 and words[-1].isidentifier():
            if words[-2][0] != "-" or words[-2] in _FLAGS:
                yield Target(words[-1])
    for found in _AFTER_EQUALS.finditer(line):
        yield Target(found[1].removesuffix(".py"), found[2] or "", found[3] == "(")
    for found in _BY_OPTION.finditer(line):
        yield Target(found[1].removesuffix(".py"), found[2] or "")
        module, _, name = found[1].rpartition(".")
        if module and not found[2]:  # the name may stand behind a dot
            yield Target(module, name)
    for found in _UWSGI_MODULE.finditer(line) if "uwsgi" in line else ():
        named = _UWSGI_NAME.search(line)
        yield Target(found[1], named[1] if named else "")
    for found in _BY_DOTS.finditer(line):
        for word in filter(_DOTTED.fullmatch, _WORD.findall(found[1])):
            yield Target(word, is_task=True)
            yield Target(*word.rsplit(".", 1))
    runs = _RUNS_FILE.search(line) is not None
    for found in _FILE.finditer(line) if runs or _LOADS_FILE.search(line) else ():
        name = SCRIPT if runs else found[2] or ""
        yield Target(found[1].strip("/").replace("/", "."), name, found[3] == "(")
    for found in _SETTINGS.finditer(line):
        is_file = found[1].endswith(".py")
        name = found[1].removesuffix(".py").rpartition("/")[2] if is_file else found[1]
        yield Target(name, is_settings=True)


def _workers(command: str) -> tuple[str, str, str]:
    """Return what forks workers of what it has loaded, the kind of green ones, and its settings.

    A file of settings that is named may patch, and have the application loaded first.
    """
    forks = ""
    if "gunicorn" in command and _PRELOADS.search(command):
        forks = "gunicorn"
    elif "celery" in command and _WORKS.search(command) and not _POOL.search(command):
        forks = "celery"
    elif "uwsgi" in command:
        forks = _forks_uwsgi(command)
    green = _GREEN.search(command)
    kind = green[1] if green else ""
    if not _HAS_SETTINGS.search(command):
        return forks, kind, ""
    settings = _SETTINGS.search(command)
    return forks, kind, settings[1] if settings else "?"


def _forks_uwsgi(text: str) -> str:
    """Return uWSGI's name, where a command or its settings have it fork after the import."""
    forks = _UWSGI.search(text) and _UWSGI_FORKS.search(text) and not _UWSGI_LATE.search(text)
    return "uWSGI" if forks else ""


def _in_code(text: str) -> Iterator[Target]:
    """Yield what calls and settings in a module tell."""
    for found in _DJANGO_SETTINGS.finditer(text) if _DJANGO in text else ():
        yield Target(found[1], is_settings=True)
    yield from _embedded(text) if _EMBEDDED.search(text) else ()
    for one in taken(text):
        yield Target(one.module, one.name, taken=_SERVED if one.is_served else "imports")
    # most modules name no server: that is told by their plain words
    named = [word for word in _IN_CODE if word in text]
    servers = re.compile(rf"\b(?:{'|'.join(named)})\b").finditer(text) if named else ()
    read = 0
    for server in servers:
        if server.start() < read:
            continue
        near = server.end() + _NEAR
        if text.startswith(" ", server.end()) and (line := _line_around(text, server)):
            yield from _with_workers(line)
            continue
        if text.startswith(('"', "'"), server.end()):
            # the command is a list, which may be long
            near = max(near, text.find("]", server.end(), server.end() + _MAX_COMMAND))
            if server[0] == "celery":  # it names its module with an option
                several = text[server.start() : near].partition("]")[0]
                read = server.start() + len(several)
                yield from _with_workers(several.replace("\n", " ")[:_MAX_LINE])
                continue
        for found in _QUOTED.finditer(text, server.end(), near):
            after = text[found.end() : found.end() + _NEAR]
            calls = found[3] == "(" or _CALLS_FACTORY.search(after) is not None
            end = text.find("]", found.end(), max(near, found.end() + _NEAR))
            forks, green, settings = _workers(text[server.start() : max(end, found.end())])
            target = Target(found[1], found[2], calls)
            yield target._replace(forks=forks, green=green, settings=settings)
            break


def _embedded(text: str) -> Iterator[Target]:
    """Yield what an application of gunicorn's that a program makes imports for its workers."""
    for found in _LOADS.finditer(text):
        body = text[found.end() : found.end() + _MAX_BODY]
        end = _BODY_ENDS.search(body)
        body = body[: end.start()] if end else body
        for imported in _IMPORTED.finditer(body):
            used = imported[3] or imported[2]
            yield Target(imported[1], imported[2], is_called=f"{used}(" in body)


def _line_around(text: str, server: re.Match[str]) -> str:
    """Return the command that stands in a text of a module, around the name of a server."""
    start = text.rfind("\n", 0, server.start()) + 1
    begun = _BEGUN.search(text[max(start, server.start() - _NEAR) : server.start()])
    if begun is None:
        return ""
    rest = text[server.start() : server.end() + _MAX_LINE]
    return rest.partition(begun[0])[0].replace("\\\n", " ").partition("\n")[0]


_READERS: tuple[tuple[str, Callable[[str], Iterator[Target]]], ...] = (
    (".py", _in_code),
    (".ini", _in_settings),
)
"""What reads the files whose names end so."""
