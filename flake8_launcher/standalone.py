"""flake8 with nothing but this plugin: files that the gate dismisses are not even parsed.

Options, configuration, discovery of files, ``noqa``, ``per-file-ignores`` and formatters are
flake8's own, so that the findings are those of ``flake8 --select LS``.
"""

from __future__ import annotations

import argparse
import configparser
import contextlib
import functools
import multiprocessing
import os
import signal
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import flake8
from flake8 import exceptions
from flake8.checker import FileChecker, Manager
from flake8.formatting.base import BaseFormatter
from flake8.formatting.default import SimpleFormatter
from flake8.main.application import Application
from flake8.main.options import register_default_options, stage1_arg_parser
from flake8.options import aggregator
from flake8.options.config import load_config
from flake8.options.manager import OptionManager
from flake8.plugins import finder
from flake8.processor import FileProcessor
from flake8.style_guide import StyleGuideManager
from flake8.violation import Violation

from flake8_launcher.baseline import Baseline, Entry, Finding
from flake8_launcher.imports import environment
from flake8_launcher.options import CODES, flag
from flake8_launcher.plugin import Plugin
from flake8_launcher.text import printable

_T = TypeVar("_T")
_PACKAGE = "flake8-launcher"
_FORMATTERS = "flake8.report"
_READER = "Flake8-pyproject"
"""A plugin that reads the configuration in ``pyproject.toml``."""
_NO_PYTHON = "E999"
"""flake8's code for a file that does not parse."""
_SHOW_AFTER = 1.0
"""Seconds after which progress is shown on a terminal."""

_Result = tuple[str, Any, dict[str, int]]
"""What flake8 keeps of a file: its name, what was found, and counts."""
_More = Callable[[OptionManager], None]


class Seen(NamedTuple):
    """What there is to know of a file beside its findings.

    :ivar entries: what stands in a baseline for each finding, accepted or not.
    :ivar allowed: which allowances of the options were needed.
    """

    entries: dict[Finding, Entry]
    allowed: frozenset[str]


_worker: tuple[finder.Checkers, argparse.Namespace] | None = None
"""What a worker process checks files with."""


class WrongUse(Exception):
    """The command line or the configuration is wrong: the text says how."""


def options(
    arguments: Sequence[str], command: str, more: _More | None = None
) -> tuple[finder.Plugins, argparse.Namespace]:
    """Return the plugins and what flake8's own parser makes of a command line.

    Our plugin has taken the options over. Of others the formatter that is asked for is loaded,
    and nothing else; nothing at all that is a part of the project.

    :param command: what the help calls the command.
    :param more: adds options of the command itself.
    :raises WrongUse: when the configuration or a value is wrong.
    :raises SystemExit: when the command line is wrong, or asks for help.
    """
    first = stage1_arg_parser()
    early, rest = first.parse_known_args(arguments)
    if early.output_file:
        rest.extend(("--output-file", early.output_file))
    flake8.configure_logging(early.verbose, early.output_file)
    with misuse():
        config, folder = load_config(early.config, early.append_config, isolated=early.isolated)
        # what the project requires beside us is not run here
        blank = finder.PluginOptions.blank()
        wanted = _form(rest) or config.get("flake8", "format", fallback=None)
        found = finder.find_plugins(config, blank)
        plugins = finder.load_plugins([one for one in found if _is_needed(one, wanted)], blank)
        manager = OptionManager(
            version=flake8.__version__,
            plugin_versions=plugins.versions_str(),
            parents=[first],
            formatter_names=list(plugins.reporters),
        )
        manager.parser.prog = command
        register_default_options(manager)
        manager.register_plugins(plugins)
        if more is not None:
            more(manager)
        _refuse_unknown(config, manager)
        parsed = aggregator.aggregate_options(manager, config, folder, rest)
        for loaded in plugins.all_plugins():
            _take_over(loaded.obj, manager, parsed)
    return plugins, parsed


def unread(parsed: argparse.Namespace) -> Iterator[str]:
    """Yield what is said of environments that the options name and that hold no packages."""
    for name in parsed.launcher_python or ():
        if not environment.site_packages(name, ""):
            yield f"{flag('python')}: {name} is no environment: no packages are found there"


def _refuse_unknown(config: configparser.RawConfigParser, manager: OptionManager) -> None:
    """Refuse options of ours in the configuration that there are not; flake8 passes them over.

    :raises ValueError: naming the first.
    """
    given = config.options("flake8") if config.has_section("flake8") else []
    for name in given:
        is_ours = name.replace("-", "_").startswith("launcher_")
        if is_ours and name not in manager.config_options_dict:
            raise ValueError(f"{name} in the configuration: there is no such option")


@contextlib.contextmanager
def misuse() -> Iterator[None]:
    """Say of what flake8 refuses that it is used wrongly.

    :raises WrongUse: with what flake8 says, on one line.
    """
    try:
        yield
    except (
        argparse.ArgumentTypeError,
        configparser.Error,
        exceptions.Flake8Exception,
        OSError,
        ValueError,
    ) as error:
        raise WrongUse(" ".join(str(error).split())) from error


def _take_over(plugin: Any, manager: OptionManager, parsed: argparse.Namespace) -> None:
    """Let a plugin take its options over, in either of the ways that flake8 knows."""
    if not hasattr(plugin, "parse_options"):
        return
    try:
        plugin.parse_options(manager, parsed, parsed.filenames)
    except TypeError:
        plugin.parse_options(parsed)


def _form(arguments: Sequence[str]) -> str | None:
    """Return the formatter that a command line names."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--format")
    form: str | None = parser.parse_known_args(arguments)[0].format
    return form


def _is_needed(plugin: finder.Plugin, form: str | None) -> bool:
    """Tell whether a plugin is ours, a formatter that may be asked for, or reads options."""
    name = plugin.entry_point.name
    if plugin.package == _PACKAGE:
        return True
    if plugin.entry_point.group != _FORMATTERS or plugin.package == "local":
        return False
    return plugin.package == "flake8" or name in (form, _READER)


def _try_format(formatter: BaseFormatter | None) -> None:
    """Try the format that ``--format`` gives, before anything is checked.

    :raises ValueError: when it cannot be used.
    """
    if isinstance(formatter, SimpleFormatter):
        try:
            formatter.format(Violation("LS000", "", 1, 1, "", None))
        except (KeyError, TypeError, ValueError) as error:
            names = "code, col, path, row and text"
            raise ValueError(
                f"--format: {formatter.error_format!r} cannot be used; %(...)s may name {names}"
            ) from error


def _guard_output(formatter: BaseFormatter | None) -> None:
    """Let a formatter escape what cannot be encoded, and what would act on a terminal.

    Our own formatters see to the latter.
    """
    if formatter is None:
        return
    setattr(formatter, "_write", functools.partial(_write_escaped, formatter._write))
    if not type(formatter).__module__.startswith(f"{__package__}."):
        setattr(formatter, "handle", functools.partial(_handle_escaped, formatter.handle))


def _handle_escaped(handle: Callable[[Violation], None], found: Violation) -> None:
    name = printable(found.filename)
    line = found.physical_line
    if line is not None and not line.replace("\n", "").replace("\t", "").isprintable():
        line = "\n".join(printable(one) for one in line.split("\n"))
    handle(found._replace(filename=name, physical_line=line))


def _write_escaped(write: Callable[[str], None], text: str) -> None:
    write(text.encode("utf-8", "backslashreplace").decode("utf-8"))


class Review(Application):
    """One run: as flake8's own, with our plugin alone.

    :param arguments: the command line.
    :param command: what the help calls the command.
    :param more: adds options of the command itself.
    :raises WrongUse: when the configuration or a value is wrong.
    """

    def __init__(self, arguments: Sequence[str], command: str, more: _More) -> None:
        super().__init__()
        self.plugins, self.options = options(arguments, command, more)
        with misuse():
            self.make_formatter()
            _try_format(self.formatter)
            _guard_output(self.formatter)
            self.make_guide()
        assert self.guide is not None
        self.file_checker_manager = self.manager = _Manager(
            self.guide, self.plugins.checkers, (arguments, command, more)
        )

    def write_to(self, formatter: BaseFormatter) -> None:
        """Let something else than the formatter of the options take the findings.

        :raises WrongUse: when the configuration is wrong.
        """
        self.formatter = formatter
        with misuse():
            self.make_guide()
        assert self.guide is not None
        self.manager.style_guide = self.guide

    @property
    def given(self) -> argparse.Namespace:
        """The options of the command line and the configuration."""
        assert self.options is not None
        return self.options

    @property
    def absent(self) -> list[str]:
        """What the command line names and is not there."""
        return [one for one in self.given.filenames if one != "-" and not os.path.exists(one)]

    @property
    def baseline(self) -> Baseline | None:
        """What the options accept."""
        return Plugin.baseline

    @property
    def seen(self) -> dict[str, Seen]:
        """What is known of each file beside its findings."""
        return self.manager.seen

    @property
    def counts(self) -> Counter[str]:
        """How often each code is reported."""
        assert self.guide is not None
        stats = self.guide.stats
        return Counter(
            {
                code: sum(one.count for one in stats.statistics_for(code))
                for code in stats.error_codes()
            }
        )

    @property
    def runs_any(self) -> bool:
        """Whether any rule is asked."""
        return bool(Plugin.chosen())

    @property
    def runs_reviews(self) -> bool:
        """Whether any of the rules is asked that are off by default."""
        return any(rule.opt_in for rule in Plugin.chosen())

    def runs(self, code: str) -> bool:
        """Tell whether a rule of this code is asked at all."""
        return any(rule.code == code for rule in Plugin.chosen())

    @property
    def notes(self) -> list[str]:
        """What is to be said beside the findings: which files could not be reviewed, and why."""
        return sorted(self.manager.notes)

    def report(self) -> None:
        """Print what was found."""
        super().report()
        if self.given.count:
            print(self.result_count)


class _Manager(Manager):
    """Checks files one by one or in several processes, with a view to those that matter."""

    def __init__(
        self,
        guide: StyleGuideManager,
        plugins: finder.Checkers,
        begun: tuple[Sequence[str], str, _More],
    ) -> None:
        super().__init__(guide, plugins, begun[0])
        self.begun = begun
        self.notes: list[str] = []
        self.seen: dict[str, Seen] = {}

    def run(self) -> None:
        """Check all files: Ctrl-C ends it as it ends any other program."""
        if self.jobs > 1 and len(self.filenames) > 1:
            self.run_parallel()
        else:
            self.run_serial()

    def run_serial(self) -> None:
        """Check the files one after the other."""
        results = (_checked(name, self.plugins, self.options) for name in self.filenames)
        self._keep(results)

    def run_parallel(self) -> None:
        """Check the files in several processes."""
        global _worker

        # a process that is forked has it
        _worker = (self.plugins, self.options)
        try:
            pool = multiprocessing.Pool(self.jobs, _begin, self.begun)
        except (ImportError, OSError):
            # without semaphores there is no pool
            self.run_serial()
            return
        with pool:
            self._keep(pool.imap_unordered(_work, self.filenames))

    def _keep(self, results: Iterable[tuple[_Result, Seen]]) -> None:
        for result, seen in _shown(results, len(self.filenames)):
            self.results.append(self._ours(*result))
            self.seen[result[0]] = seen

    def _ours(self, name: str, found: Any, counts: dict[str, int]) -> _Result:
        """Return what our plugin has found in a file, and note what has kept it from it."""
        ours = [one for one in found if one[0].startswith(CODES)]
        for code, line, _, text, _ in found:
            if not code.startswith(CODES):
                at = f":{line}" if line else ""
                version = ".".join(map(str, sys.version_info[:2]))
                read = f" (read as Python {version})" * (code == _NO_PYTHON)
                self.notes.append(f"{name}{at} is not reviewed: {text}{read}")
        return name, ours, counts


def _begin(arguments: Sequence[str], command: str, more: _More) -> None:
    """Begin a worker process."""
    global _worker

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _worker is None:
        plugins, parsed = options(arguments, command, more)
        _worker = (plugins.checkers, parsed)


def _work(name: str) -> tuple[_Result, Seen]:
    assert _worker is not None
    return _checked(name, *_worker)


def _checked(
    name: str, plugins: finder.Checkers, parsed: argparse.Namespace
) -> tuple[_Result, Seen]:
    checker = _Checker(filename=name, plugins=plugins, options=parsed)
    try:
        checker.run_checks()
    except (RecursionError, MemoryError, SystemError):
        # the last is what some versions of Python make of the first
        checker.fail("it is nested too deeply")
    except ValueError as error:
        checker.fail(str(error))
    return (checker.display_name, checker.results, checker.statistics), checker.seen


class _Checker(FileChecker):
    """Checks a file as flake8 does, and parses it only where the gate lets it by."""

    seen = Seen({}, frozenset())

    def _make_processor(self) -> FileProcessor | None:
        try:
            return _Processor(self.filename, self.options)
        except OSError as error:
            self.fail(error.strerror or str(error))
        except LookupError as error:
            # a codec that makes no text, which flake8 does not expect
            self.fail(str(error).partition(";")[0])
        return None

    def fail(self, reason: str) -> None:
        """Keep why a file is not reviewed; no tokens are made of it, which may fail as well."""
        self.results.append(("E902", 0, 0, reason, None))

    def run_check(self, plugin: finder.LoadedPlugin, **arguments: Any) -> Any:
        """Return what our plugin finds, and keep what else it knows."""
        ours = super().run_check(plugin, **arguments)
        found = [*ours.run()]
        self.seen = Seen(ours.entries, ours.allowed)
        return found

    def process_tokens(self) -> None:
        """Leave the tokens alone: our plugin asks for none."""


class _Processor(FileProcessor):
    def read_lines_from_filename(self) -> list[str]:
        """Read a file, where reading it ends.

        :raises OSError: when it cannot be read.
        """
        if not stat.S_ISREG(os.stat(self.filename).st_mode):
            raise OSError("not a regular file")
        return super().read_lines_from_filename()

    def should_ignore_file(self) -> bool:
        """Tell whether nothing is to be found in a file, or its author wants to hear nothing."""
        return not Plugin.admits(self.lines, self.filename) or super().should_ignore_file()


def _shown(results: Iterable[_T], total: int) -> Iterator[_T]:
    """Yield results; where it takes long, tell on a terminal how many are there."""
    if not sys.stderr.isatty():
        yield from results
        return
    shown = 0.0
    begun = time.monotonic()
    for count, result in enumerate(results, 1):
        yield result
        now = time.monotonic()
        if now - begun > _SHOW_AFTER and now - shown > 0.1:
            shown = now
            print(f"\r{count} of {total} files", end="", file=sys.stderr, flush=True)
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
