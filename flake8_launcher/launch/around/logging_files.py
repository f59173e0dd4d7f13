"""What the files of a project say that configure logging."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from flake8_launcher import files
from flake8_launcher.imports.reader import summarize
from flake8_launcher.imports.summary import Called
from flake8_launcher.knowledge import order as knowledge
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.questions import order
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.loading import module_in
from flake8_launcher.semantic.running.interpreter import Interpreter

_KINDS = (".cfg", ".conf", ".ini", ".j2", ".jinja", ".template", ".tmpl")
"""What is in the names of such files."""
_KINDS_OF_DATA = (".json", ".toml", ".yaml", ".yml")
_START = r"^[ \t{,\[]{0,40}(?:logging\.)?(?:loggers\.)?[\"']?"
_IS = r"[\"']?[ \t]{0,9}[:=][ \t]{0,9}"
_SECTIONS = deferred(rf"{_START}(?:formatters|handlers)\b", re.MULTILINE)
_LOGS = deferred(rf"{_START}(?:loggers|root)\b", re.MULTILINE)
_VERSION = deferred(rf"{_START}version{_IS}1\b", re.MULTILINE)
_DISABLING = deferred(
    rf"{_START}disable_existing_loggers{_IS}(?!true\b|yes\b|on\b|1)", re.MULTILINE | re.IGNORECASE
)
_KEY = deferred(rf"{_START}([\w.]{{1,200}})[\"']?[ \t]{{0,9}}[:=\]]", re.MULTILINE)
"""What a configuration of logging has in YAML, JSON or TOML."""
_LOGGERS = "[loggers]"
_NAME = deferred(r"^[ \t]*(?:qualname[ \t]*[=:][ \t]*|\[logger_)([\w.]+)")
_MAX_FOLDERS = 200
_MAX_FILES = 100
_SKIPPED = frozenset({"node_modules", "site-packages", "tests", "venv"})
_OF_MIGRATIONS, _RUNS = "env.py", "run_migrations("
"""What Alembic calls the file that runs migrations, and what that calls."""


class LoggingFiles:
    """What the files of a project tell of loggers: settings, templates and migrations.

    :param finder: finds the modules of the project.
    :param interpreter: tells what the names of a module are bound to.
    """

    def __init__(self, finder: Finder, interpreter: Interpreter) -> None:
        self._finder = finder
        self._interpreter = interpreter

    def kept_by_django(self, settings: str) -> tuple[str, ...] | None:
        """Return the loggers that Django's settings name; Django disables the others.

        :param settings: the module of the settings.
        :returns: none where they disable none, or where that cannot be told.
        """
        module = self._finder(settings)
        if module is None or knowledge.DJANGO_LOGGING_CALL in module.text:
            return None
        return order.loggers_named(self._interpreter.values_of(module, knowledge.DJANGO_LOGGING))

    @cached_property
    def loggers(self) -> tuple[str, ...]:
        """The loggers that files for ``fileConfig`` name, those of templates among them."""
        lines = (line for text in self.configurations for line in text.split("\n"))
        return tuple(name[1] for line in lines if (name := _NAME.match(line)))

    @cached_property
    def configurations(self) -> tuple[str, ...]:
        """The texts of files for ``fileConfig``."""
        named = (path for path in self._files() if any(kind in _last(path) for kind in _KINDS))
        texts = (files.read_text(path) or "" for path in islice(named, _MAX_FILES))
        return tuple(text for text in texts if _LOGGERS in text)

    @cached_property
    def kept_by_data(self) -> tuple[str, ...] | None:
        """The names in files for ``dictConfig``, loggers among them; the others are disabled.

        None where there is no such file, or one of several disables none.
        """
        paths = (path for path in self._files() if path.endswith(_KINDS_OF_DATA))
        texts = (files.read_text(path) or "" for path in islice(paths, _MAX_FILES))
        marks = (_SECTIONS, _LOGS, _VERSION)
        found = [text for text in texts if all(mark.search(text) for mark in marks)]
        if not found or any(map(_DISABLING.search, found)):
            return None
        return tuple(dict.fromkeys(name for text in found for name in _KEY.findall(text)))

    @cached_property
    def silencing_migrations(self) -> str | None:
        """The file of the project's migrations that surely disables the loggers which are there.

        Its path from the project's folder; none where some of several such files does not.
        """
        paths = [path for path in self._files() if _last(path) == _OF_MIGRATIONS]
        running = [path for path in paths if _RUNS in (files.read_text(path) or "")]
        if running and all(map(_disables, running)):
            return os.path.relpath(running[0], self._finder.project.top)
        return None

    def _files(self) -> Iterator[str]:
        """Yield the files of the project, those of its upper folders first."""
        pending = [self._finder.project.top]
        for folder in pending:
            for name in sorted(self._finder.folders.names(folder)):
                path = os.path.join(folder, name)
                if "." in name:
                    yield path
                elif name not in _SKIPPED and len(pending) < _MAX_FOLDERS and os.path.isdir(path):
                    pending.append(path)


def _disables(path: str) -> bool:
    """Tell whether a file surely disables loggers when it runs."""
    state = files.state_of(path)
    if state is None:
        return False
    return any(
        isinstance(event, Called)
        and event.name == knowledge.FILE_CONFIG
        and not event.perhaps
        and dict(event.keywords).get(knowledge.DISABLES, True) is True
        for event in summarize(module_in(_last(path), path, state)).events
    )


def _last(path: str) -> str:
    return path.rpartition(os.sep)[2]
