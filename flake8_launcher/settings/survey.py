"""Which options the modules of a project may register, whoever imports them.

An option that none of them makes or registers is missing in every process, whatever it imports.
So a read can be told to fail with no look at how a launch imports its modules.
"""

from __future__ import annotations

import copy
import os
import re
from collections import Counter, OrderedDict
from functools import cached_property

from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.finder import State, load, state_of
from flake8_launcher.semantic.modules import Module
from flake8_launcher.settings.explorer import Explored, Has, LookUp, explored

_MAX_FILES = 4_000
_MAX_FOLDERS = 4_000
_MAX_KEPT = 4
_HIDDEN = frozenset({"build", "dist", "node_modules", "releasenotes", "site-packages"})
_SCRIPTS = frozenset({"bin", "sbin", "scripts"})

_TESTS = re.compile(r"\w*tests?|testing|test_\w*")
_REGISTERS = re.compile(rb"Opt\(|register_(?:cli_)?opts?\b|register_group\b")
_QUOTED = re.compile(r"[\"']([A-Za-z]\w*(?:-\w+)*)[\"']")
_ASKED = re.compile(r"\b(?:import_opt|(?:set|clear)_(?:default|override))\(\s*[\"']")
"""Calls that name an option which something else registers."""
_NAMED = r"(?:Opt\(\s*(?:name\s*=\s*)?|\b(?:dest|deprecated_name)\s*=\s*)"
_LITERAL = re.compile(rf"{_NAMED}[\"']([\w-]+)[\"']")
_COMPUTED = re.compile(r"Opt\(\s*(?:name\s*=\s*)?(?!name\b\s*=)[A-Za-z_*][\w.*]*\s*[,)]")
"""An option whose name is that of a variable."""
_COMPOSED = re.compile(
    r"Opt\(\s*(?:name\s*=\s*)?"
    r"(?:f[\"']|[\"'][^\"'\n]*[\"']\s*(?:[%+]|\.format\b)"
    r"|(?!name\b\s*=)[A-Za-z_][\w.]*\s*[+%(\[])"
)
"""An option whose name is put together."""


class Source:
    """A file of the project that makes or registers options.

    :ivar path: its absolute path.
    :ivar text: its text.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def quoted(self) -> Counter[str]:
        """How often each word is quoted in it, dashes made underscores."""
        text = _ASKED.sub("(", self.text)
        return Counter(word.replace("-", "_") for word in _QUOTED.findall(text))

    @cached_property
    def made(self) -> Counter[str]:
        """How often it makes an option of each name, or may make one."""
        if _COMPUTED.search(self.text):
            return self.quoted
        return Counter(name.replace("-", "_") for name in _LITERAL.findall(self.text))

    @cached_property
    def composes(self) -> bool:
        """Whether the names of its options may be put together."""
        return _COMPOSED.search(self.text) is not None

    def is_linked(self, other: Source) -> bool:
        """Tell whether one of two files may import the other."""
        return bool(self._mention.search(other.text) or other._mention.search(self.text))

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        folder, name = os.path.split(self.path)
        stem = name.removesuffix(".py")
        stem = os.path.basename(folder) if stem == "__init__" else stem
        return re.compile(rf"^\s*(?:from|import)\b.*\b{re.escape(stem)}\b", re.MULTILINE)


class Survey:
    """The files of one project.

    :param top: the folder of the project.
    """

    def __init__(self, top: str) -> None:
        self._top = top
        self._given: Module | None = None
        self._sources: list[Source] = []
        self._read: dict[str, Explored] = {}
        self._states = _states(top)
        for path in self._states or ():
            content = _content(path)
            if _REGISTERS.search(content):
                self._sources.append(Source(path, content.decode("utf-8", "replace")))

    @property
    def is_current(self) -> bool:
        """Whether the files are as they were."""
        return self._states == _states(self._top)

    def lacks(self, name: str, group: str, look_up: LookUp, has: Has) -> bool:
        """Tell whether surely nothing registers an option.

        :param group: its group, empty for ``DEFAULT``.
        :param look_up: gives what a name of a module is.
        :param has: tells whether the project has a module.
        """
        if self._states is None:
            return False
        if group:
            may_have = self._may_have(name, group, look_up, has)
        else:
            may_have = self._may_have_plain(name, look_up, has)
        return not may_have and not self._is_open and not self._is_expected(name)

    def seen_from(self, module: Module) -> Survey:
        """Return the survey with the text of a module that may not be saved."""
        survey = copy.copy(self)
        survey._given = module
        old = next((one for one in self._sources if one.path == module.path), None)
        registers = _REGISTERS.search(module.text.encode("utf-8", "replace"))
        if (old.text if old else None) != (module.text if registers else None):
            survey._sources = [one for one in self._sources if one is not old]
            survey._sources += [Source(module.path, module.text)] if registers else []
            survey._read = {path: one for path, one in self._read.items() if path != module.path}
        return survey

    def _may_have(self, name: str, group: str, look_up: LookUp, has: Has) -> bool:
        holding = [one for one in self._sources if group in one.quoted]
        is_own = False
        for source in holding:
            if "register_" not in source.text:
                continue
            explored = self._explored(source, look_up, has)
            if explored.may_have(name, group) or source.composes:
                return True
            is_own = is_own or group in explored.groups
        if not is_own:
            return True
        for source in self._sources:
            if (name in source.made or source.composes) and (
                source in holding or any(source.is_linked(one) for one in holding)
            ):
                explored = self._explored(source, look_up, has)
                if source.composes or not explored.registers_each(name, source.made[name]):
                    return True
        return False

    def _may_have_plain(self, name: str, look_up: LookUp, has: Has) -> bool:
        """Tell whether there may be a group of a name, or an option without a group."""
        end = name.find("_") + 1
        begins = re.compile(rf"[\"']{name[:end]}(?:[\"'%{{]|\w+_[\"'%{{])") if end else None
        for source in self._sources:
            if source.composes or (begins and begins.search(source.text)):
                return True
            if name in source.quoted:
                explored = self._explored(source, look_up, has)
                registers_each = explored.registers_each(name, source.quoted[name])
                if not registers_each or explored.may_have(name, ""):
                    return True
        return False

    def _explored(self, source: Source, look_up: LookUp, has: Has) -> Explored:
        if source.path not in self._read:
            name, _ = modules.locate(source.path)
            is_given = self._given is not None and self._given.path == source.path
            module = self._given if is_given else load(name, source.path)
            self._read[source.path] = explored(module, look_up, has)
        return self._read[source.path]

    @cached_property
    def _is_open(self) -> bool:
        """Whether the project extends another, whose groups it may use."""
        return any(
            not os.path.isdir(os.path.join(self._top, found[1]))
            for one in self._sources
            for found in known.EXTENDED.finditer(one.text)
        )

    def _is_expected(self, name: str) -> bool:
        """Tell whether the project asks for an option of a name somewhere, or assigns it."""
        word = re.escape(name).encode()
        asked = re.compile(
            rb"hasattr\([^()\n]*,\s*[\"']%b[\"']"
            rb"|[\"']%b[\"']\s+(?:not\s+)?in\s+[\w.]*(?i:conf|cfg)"
            rb"|(?i:conf|cfg|config)\.(?:\w+\.)?%b\s*=[^=]" % (word, word, word)
        )
        given = self._given.text.encode("utf-8", "replace") if self._given else b""
        others = (_content(path) for path in self._states or ())
        return any(asked.search(content) for content in (given, *others))


_kept: OrderedDict[str, Survey] = OrderedDict()
"""The surveys of projects, by folder."""


def survey_of(top: str, renew: bool = False) -> Survey:
    """Return the survey of a project.

    :param renew: whether an older one must not be used where files have changed since.
    """
    survey = _kept.get(top)
    if survey is None or (renew and not survey.is_current):
        survey = _kept[top] = Survey(top)
        while len(_kept) > _MAX_KEPT:
            _kept.popitem(last=False)
    return survey


def _states(top: str) -> dict[str, State | None] | None:
    """Return the files of a project that hold Python but its tests; none for too many."""
    found: dict[str, State | None] = {}
    for count, (folder, folders, names) in enumerate(os.walk(top)):
        if count > _MAX_FOLDERS or len(found) > _MAX_FILES:
            return None
        if "pyvenv.cfg" in names:
            folders.clear()
            continue
        folders[:] = [one for one in folders if one[0] != "." and not _is_aside(one)]
        for name in names:
            if name.endswith(".py") or ("." not in name and _is_of_scripts(folder)):
                path = os.path.join(folder, name)
                found[path] = state_of(path)
    return found


def _is_aside(folder: str) -> bool:
    return folder in _HIDDEN or _TESTS.fullmatch(folder) is not None


def _is_of_scripts(folder: str) -> bool:
    return os.path.basename(folder) in _SCRIPTS


def _content(path: str) -> bytes:
    """Return what is in a regular file that is not too large."""
    if state_of(path) is None:
        return b""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
