"""Decides from text alone whether code is worth reading as a launcher."""

from __future__ import annotations

import bisect
import enum
import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator

from flake8_launcher import knowledge
from flake8_launcher.gate import registered
from flake8_launcher.knowledge import programs, shapes
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.pieces import places

_NAME = deferred(r"\w+")
_HELPERS = deferred(shapes.HELPER_TEXT)
_STARTED = deferred(shapes.START_TEXT)
_STARTS = deferred(shapes.CALLED_START_TEXT)
_IMPORTED = deferred(shapes.IMPORT_TEXT)
_STARTS_SOMETHING = deferred(r"(?<!def )(?<![\w.])(?:consume|launch|listen|run|serve|start)_\w+\(")
_NAMED_HERE = deferred(
    r"""["'](?![/~$%{.]*/)[\w./-]{1,80}\.(?:cfg|conf|ini|json|toml|ya?ml)["']"""
)
_END = 6
_READS_FILE = deferred(r"\bopen\(|\.(?:read|load|safe_load|from_pyfile|read_text)\(")
_SERVED = deferred(shapes.SERVED_TEXT)
_SHAPED = deferred(shapes.SERVE_TEXT)
_MADE = deferred(shapes.SERVICE_TEXT)
_RUNS_LOOP = deferred(
    r"(?m)^(?:while\b[^\n]{1,200}:"
    r"|(?:try:[^\n]{0,200}\n[ \t]+)?"
    r"(?:\w+ = )?(?:(?:anyio|asyncio|trio|uvloop)\.run|loop\.run_\w+)\("
    r"|(?:signal\.)?pause\(\))"
)
_IN_BLOCK = deferred(
    r"(?m)^(?:try|with|if(?! *\(?__name__))\b(?=[^\n]{0,500}:)[^\n]*\n(?:(?:[ \t][^\n]*)?\n)*?"
    r"[ \t]+while\b[^\n]{1,200}:"
)
_STARTS_THREAD = deferred(
    r"(?m)^(?:for \w+ in [^\n]{1,80}:\n[ \t]+)?[A-Za-z_][^\n]{0,200}\.(?:start\(\)|run\(\))[ \t]*$"
)
"""What a line of the top level starts, or each round of a loop there, and stays for its end."""
_STARTS_AT_TOP = deferred(r"\n(?:[^\W\d]\w*\.)*(?:main|run|start|serve|launch)\(")
_CALLED_AT_TOP = deferred(
    r"\n(?:(?:try|with [^\n]{1,200}):\n[ \t]+)?"
    r"(?:[^\W\d]\w*(?:\([^\n]{0,200}\))?\.)*([^\W\d]\w*)\("
)
"""A call by its name, with no more around it, that begins a statement of the top level.

It may be the first one of a block there.
"""
_CALLS_MAIN = deferred(r"import (?:\(\s*)?(?:\w+, )*main\b|exit\((?:[\w.]{1,60}\.)?main\)")
_DOTTED = r"[^\W\d]\w*(?:\(\))?(?:\.\w+(?:\(\))?)*"
_CALLS_AT_TOP = deferred(
    rf"\n(?:(?!main\(|{shapes.REGISTERS}){_DOTTED}|\w+ = [a-z]\w*)\("
)
_CALL = deferred(rf"{_DOTTED}\(")
_DEFINES = deferred(r"(?m)^[ \t]*(?:async def|class|def) |^[A-Za-z_]\w*(?:: [^=\n]+)? = ")
_SETS = deferred(shapes.VARIABLE_TEXT)
_MAIN_BLOCK = deferred(r"\nif *\(?__name__ *(?:==|is|in)")
_SETTING = deferred(shapes.SETTING_TEXT, re.IGNORECASE)
_KEY = deferred(shapes.KEY_TEXT)
_LOGIN = deferred(shapes.LOGIN_TEXT)
_FIELD = deferred(shapes.FIELD_TEXT, re.IGNORECASE)
_STREAMS = deferred(
    r"for (?:(?<=async for )[\w, ]{1,40} in [^:]{1,200}\.(?:consume|listen|receive|subscribe)\("
    r"|[\w, ]{1,40} in (?:iter\([\w.]|(?:itertools\.)?(?:count|cycle|repeat)\("
    r"|[\w.]*(?:consumer|listener|pubsub|receiver|subscri\w+)(?:\.\w+)?[:(]))"
)
_LOOPS = deferred(
    r"\bwhile[ (]+(?:True|1"
    r"|not[ (][\w.(]*(?i:stop|shut|exit|quit|term|kill|halt|interrupt|abort|dying|die\b)"
    r"|[\w.]*(?i:running|looping|going|alive|_enabled)"
    rf"|[\w.]*\b(?i:{shapes.GOING_FLAG})(?:\(\))?(?:\)*:| and | or )"
    r"|[\w.]*\b(?i:(?:main_?)?loop|iterate|run|serve|tick|work)(?:_\w+)?\("
    r"|(?:not[ (]+)?\w+\.\w+(?:\.\w+)*(?:\)*:| and | or | == [01]\b|(?<=\.is_set)\()"
    r"|not[ (]+[\w.]+\.wait\("
    r"|any\(\w+\.is_?[aA]live|\w+\.active_?[cC]ount"
    r"|[\w.]+ (?:is not None|(?:==|is) (?:True|False))(?:\)*:| and | or )"
    r"|[\w.]+ (?:!=|is not|not in) [\w.(]*(?i:stop|shut|exit|quit|term|kill|halt)"
    r"|[\w.]{0,60}(?i:stop|shut|exit|quit|term|kill|halt)\w{0,40} is None"
    r"|[\w.]+ (?:==|is|in) [\w.(]*(?i:run|active|alive))"
)
_WAITS = deferred(
    r"\b(?:accept|handle_request|poll|recv\w*|select|sleep|wait|get|receive\w*|read\w*"
    r"|(?:check_)?call|subprocess\.run|system)\("
)
_LASTS = deferred(
    r"""\bsleep\((?:math\.inf|inf|float\(["']inf(?:inity)?["']\))\)|\bsleep_forever\("""
    r"""|\bwait_(?:for_(?:exit_signal|termination)|forever)\(|(?:\bsignal\.|(?<![\w.]))pause\(\)"""
    r"""|\bEvent\(\)\.wait\(\)|\bawait [\w.]*(?:\(\)\.create_future|\bFuture)\(\)|\ball_tasks\("""
    r"""|\n[ \t]+\w+ = [\w.()]{0,60}(?:\.create_future|\bFuture|\basyncio\.Event)\(\)\n"""
)
_CALLED_BACK = deferred(r"\.(?:on|every)(?:_\w{1,40})?\([^()\n]{0,80}\w\)")
_SETS_TIMER = deferred(r"\bTimer\([\w.]+, *[\w.]+")
_HANDLES_SIGNAL = deferred(r"\b(?:add_signal_handler|signal\.signal)\(")
_PARTS = tuple((words, deferred(text)) for words, text in shapes.PART_SHAPES)
_RUN_PROGRAMS = frozenset({"os", "subprocess"})
_RUNS_PROGRAM = ("subprocess", ".system(", "execv", "execl")
"""What runs a program, and takes the place of a process."""
_RUN_WORDS = (
    ("__main__", "class Command(", "\nwhile", "\ndef main(", "\nasync def main(")
    + ("\npause()", "\nsignal.pause()")
)
"""What a file has that is run, or whose main function another one runs."""
_FOR_EVER = ("while True:", "while 1:", "while(True)", "while (True)", "while(1)", "while (1)")
"""What the first line of an endless loop has."""
_LASTING_WORDS = (
    ("await ", ".wait()", "wait_for_exit", "wait_for_termination", "wait_forever", "pause()")
)
"""Words of which one is in each text of a wait that goes on until the service ends."""
_BIN = frozenset({"bin", "sbin"})
_BEGINS = deferred(shapes.BEGINS_TEXT)
_PATCHES = deferred(shapes.PATCH_TEXT)
_IMPORTS = deferred(shapes.IMPORTER_TEXT)
_RUNS = deferred(shapes.SINK_TEXT)
_EXTENDS = deferred(shapes.PATH_TEXT)
_PREPARES = deferred(shapes.READY_TEXT)
_WEAKENS = deferred(shapes.PROTECTION_TEXT)
_READS = deferred(shapes.OPTION_TEXT)
_DECLARES = deferred(shapes.SECRET_TEXT)
_REBINDS = deferred(
    r"\n([A-Za-z_]\w*\.[\w.]{1,80}) = (?:(?!(?:True|False|None)\s)[A-Za-z_][\w.]{0,80}(?:\n|\Z)"
    r"|lambda\b|[A-Za-z_][\w.]{0,80}\(\1\b)"
    r"|\nsetattr\([A-Za-z_][\w.]{0,80}, [\"']\w{1,80}[\"'], [A-Za-z_]"
)
_COPIES = deferred(shapes.COPY_TEXT)
_IMPORTS_OBJECT = deferred(shapes.OBJECT_TEXT)
_OFTEN_CALLED = frozenset({"start", "wait"})
"""Words of calls that serve in some frameworks, and mean much else in most functions."""
_APART = "".join(chr(at) if chr(at).isalnum() or chr(at) == "_" else " " for at in range(128))
"""Takes words apart: all ASCII characters that are none of a word become spaces."""
_HANDLES_ALL = ("except:", "except Exception", "except BaseException")
_LONGEST = 60
_AROUND = 200
_MAX_LINE = 2_000


class Subject(enum.Enum):
    """What rules may have something to say about in a file."""

    LAUNCH = "it may start a service"
    PATCH = "it may patch, or choose a backend"
    PROTECTION = "it may take a protection away"
    IMPORT = "it imports what it names in a text, or options of another module"
    REFLECTION = "it runs code that something else than a literal names"
    SEARCH_PATH = "it changes the path that modules are searched on"
    SECRET = "it declares a setting that may hold a secret"
    OPTION = "it reads options of oslo.config"
    CALL = "its top level calls something, which may patch"
    ORDER = "its top level sets something up that must come before something else"
    IMPORTED = "its top level runs a file, or shows or loads what may be a configuration"
    PART = "it has what other modules may call, and should not"
    SCRIPTS = "scripts of the project look for something in it"


class Vocabulary:
    """The words of a text, each once.

    To find out there which of many words a text has takes a fraction of the time.

    :param text: the text; without one it is taken to have all words.
    """

    def __init__(self, text: str | None = None) -> None:
        self._words = text
        if text is not None:
            words = text.translate(_APART).split() if text.isascii() else _NAME.findall(text)
            self._words = "\n".join(set(words))

    def of(self, some: Iterable[str]) -> Iterable[str]:
        """Return those of some words, each with what stands around it, that the text may have."""
        known = self._words
        return some if known is None else [word for word in some if _longest(word) in known]


@functools.cache
def _longest(text: str) -> str:
    """Return the longest word of a text."""
    words: list[str] = _NAME.findall(text)
    return max(words, key=len)


_ALL = Vocabulary()


def subjects(text: str, path: str) -> Iterator[Subject]:
    """Yield what a file has the words of.

    :param text: the whole file, imports among them.
    :param path: the file, which may belong to a framework itself.
    """
    vocabulary = Vocabulary(text)
    is_ready = is_made_ready(text, vocabulary)
    if is_ready or may_launch(text, path):
        yield Subject.LAUNCH
    if is_ready and may_patch(text, vocabulary):
        yield Subject.PATCH
    for subject, has_words in _ASKED.items():
        if has_words(text, vocabulary):
            yield subject
    if may_take_part(text, vocabulary) or serving_at_risk(path, text)(text) or loses(text):
        yield Subject.PART


def may_launch(text: str, path: str) -> bool:
    """Tell whether a file has the words of a start.

    The cheap questions come first: this runs on every file that flake8 reads.
    """
    if is_script(path) or calls_main(text):
        return True
    if "__main__" not in text and not _BEGINS.search("\n" + text):
        return False
    if any(_named(root).search(text) for root in _roots(path, text)):
        return True
    may_run = any(word in text for word in _RUN_WORDS) or _loops_in_block(text)
    may_run = may_run or starts_thread(text)
    if (may_run or _calls_own_at_top(text)) and may_loop(text):
        return True
    if _IMPORTED.search(text) or _STARTS_AT_TOP.search(text) or registered.runs_registered(text):
        return True
    if not _STARTED.search(text):
        return False
    return _MADE.search(text) is not None or any(
        _SHAPED.search(text, max(0, match.start() - _LONGEST), match.end())
        for match in _SERVED.finditer(text)
    )


def may_loop(text: str) -> bool:
    """Tell whether a text has the words of a loop or wait that goes on until the service ends."""
    if "while" in text and any(loop in text for loop in _FOR_EVER):
        return True
    if "while" in text and _LOOPS.search(text) and _WAITS.search(text):
        return True
    if any(word in text for word in _LASTING_WORDS) and _LASTS.search(text):
        return True
    if "Timer(" in text and ".start()" in text and _SETS_TIMER.search(text):
        return True
    if "sched" in text and ".enter" in text and ".run(" in text:
        return True  # what it has run may have itself run again
    may_be_told = "signal" in text and (".wait()" in text or "while" in text)
    if may_be_told and _HANDLES_SIGNAL.search(text):
        return True
    if (".on_" in text or ".every(" in text) and _CALLED_BACK.search(text):
        return True  # a library may call what it is given
    return " in " in text and _STREAMS.search(text) is not None


@functools.cache
def _named(root: str) -> re.Pattern[str]:
    """Return the shape of the names of a framework's serve calls."""
    return re.compile(rf"\b(?:{_words(root)})\b")


@functools.cache
def _called(root: str) -> re.Pattern[str]:
    """Return the shape of a use of a framework's serve calls."""
    names = _words(root)
    return re.compile(rf"(?:\.|import )(?:{names})\b|\b(?:{names})[(,]")


def _words(root: str) -> str:
    return "|".join(map(re.escape, sorted(knowledge.serving_words(root))))


def _roots(path: str, text: str) -> set[str]:
    """Return the frameworks that a file may use, or belong to."""
    roots = {*_imported_roots(text), *filter(_serves, path.split(os.sep))}
    return roots if _runs_programs(text) else roots - _RUN_PROGRAMS


def _runs_programs(text: str) -> bool:
    """Tell whether a text names a server, and may run it."""
    return any(word in text for word in _RUNS_PROGRAM) and programs.has_words(text)


def _serves(package: str) -> bool:
    """Tell whether a package is one that serves."""
    return package in knowledge.PACKAGES and bool(knowledge.serving_words(package))


def _imported_roots(text: str) -> Iterator[str]:
    """Yield the frameworks that the lines with an import name."""
    for start, end in _lines_with(text, "import"):
        line = text[start:end]
        if len(line) < _MAX_LINE:
            for word in _NAME.findall(line):
                if _serves(word) and (word != "openstack" or "openstack.common" in line):
                    yield word


def begins(text: str, path: str) -> bool:
    """Tell whether a file is made to be run, by its name or its text."""
    return "__main__" in text or is_script(path)


def calls_main(text: str) -> bool:
    """Tell whether a file runs, or ends with, a main function when it is run itself."""
    return "__main__" in text and _CALLS_MAIN.search(text) is not None


def calls_at_top(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a statement of a top level calls something by its name, and no more."""
    return _CALLS_AT_TOP.search(text) is not None


def is_run(text: str) -> bool:
    """Tell whether a file does something of its own when it is run, as a program does."""
    if "__main__" in text and _MAIN_BLOCK.search(text) is not None:
        return True
    return runs_event_loop(text) or _STARTS_AT_TOP.search(text) is not None


def runs_event_loop(text: str) -> bool:
    """Tell whether the top level of a file runs a loop of events, as that of a program does.

    So does a loop of its own, or a wait for signals.
    """
    may_run = "run" in text or "\nwhile" in text or "\npause()" in text or "signal.pause" in text
    return (may_run and _RUNS_LOOP.search(text) is not None) or _loops_in_block(text)


def runs_main(text: str) -> bool:
    """Tell whether the top level of a file runs its main function, whoever imports the file."""
    return "\nmain(" in text and "\ndef main(" in text


def starts_thread(text: str) -> bool:
    """Tell whether the top level of a file starts a thread, or runs a scheduler: it stays."""
    may_start = any(word in text for word in ("Thread(", "Process(", "sched."))
    return may_start and _STARTS_THREAD.search(text) is not None


def _loops_in_block(text: str) -> bool:
    """Tell whether a loop stands in a block of the top level of a file."""
    if " while" not in text:
        return False
    has_block = any(word in text for word in ("\nwith", "\ntry:", "\nif"))
    return has_block and _IN_BLOCK.search(text) is not None


def _calls_own_at_top(text: str) -> bool:
    """Tell whether the top level calls what the file defines, which may be a loop."""
    if "while" not in text:
        return False
    return any(f"def {call[1]}(" in text for call in _CALLED_AT_TOP.finditer(text))


def only_calls(text: str) -> bool:
    """Tell whether a file ends with a call and defines nothing: it is there to be run."""
    last = text[-_MAX_LINE:].rstrip().rpartition("\n")[2]
    is_call = last.endswith(")") and _CALL.match(last) is not None
    return is_call and _DEFINES.search(text) is None


def is_script(path: str) -> bool:
    """Tell whether a file is run, and not imported, as its name tells."""
    folder, name = os.path.split(path)
    return not name.endswith(".py") or name == "__main__.py" or os.path.basename(folder) in _BIN


def leading(path: str, text: str) -> Callable[[str], bool]:
    """Return what tells whether a part of such a file may lead to a serve call, here or not."""
    named = map(_named, _roots(path, text))
    return _having(_HELPERS, _STARTED, _IMPORTED, _LOOPS, _LASTS, _STREAMS, *named)


def serving(path: str, text: str) -> Callable[[str], bool]:
    """Return what tells whether a part of such a file has the words of a serve call itself."""
    return _having(_STARTS, _IMPORTED, *map(_called, _roots(path, text)))


def serving_at_risk(path: str, text: str) -> Callable[[str], bool]:
    """Return what tells whether a part of such a file may serve, and not only that.

    It handles a failure, or goes on when it has served.
    """
    found = frozenset().union(*map(knowledge.serving_words, _roots(path, text))) - _OFTEN_CALLED
    calls = [f"{word}(" for word in found]
    return lambda part: any(
        "except" in part or _goes_on(part, part.index(call)) for call in calls if call in part
    )


def loses(text: str) -> bool:
    """Tell whether a text may handle every failure of what goes on for ever, or exits."""
    return handles_all(text) and (ends(text) or may_loop(text))


def handles_all(part: str) -> bool:
    """Tell whether a part of a file has a handler of every failure."""
    return any(words in part for words in _HANDLES_ALL)


def ends(part: str) -> bool:
    """Tell whether a part of a file may end the process."""
    return "exit(" in part or "SystemExit" in part


def _goes_on(part: str, at: int) -> bool:
    """Tell whether the next line of a text is as deep as the one of a place, which ends there."""
    line = part[part.rfind("\n", 0, at) + 1 : part.find("\n", at)]
    after = part[part.find("\n", at) + 1 :].split("\n", 1)[0]
    depth = len(line) - len(line.lstrip())
    return after[:depth].isspace() and after[depth : depth + 1].isidentifier()


def starts_something(part: str) -> bool:
    """Tell whether a part of a file calls a function that starts, or runs, what its name tells."""
    return _STARTS_SOMETHING.search(part) is not None


def _having(*patterns: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda part: any(words.search(part) for words in patterns)


def may_patch(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text has the words of a patch, or of the choice of a backend."""
    return _has(text, vocabulary.of(shapes.READY_WORDS), _PATCHES)


def may_import(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text imports what it names in a text, or options of another module."""
    return _has(text, vocabulary.of(shapes.IMPORTER_WORDS), _IMPORTS)


def may_reflect(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text runs code that something else than a literal names."""
    return _has(text, vocabulary.of(shapes.SINK_WORDS), _RUNS)


def calling(functions: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a text calls one of some functions.

    :param functions: their names, ``Class.method`` for a method.
    """
    made = (name.removesuffix(".__init__") for name in functions)
    names = {re.escape(name.rpartition(".")[2]) for name in made}
    call = re.compile(rf"(?<!def )\b(?:{'|'.join(sorted(names))})\(")
    return lambda text: bool(names) and call.search(text) is not None


def may_extend_path(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text has the words of a change of the path that modules are searched on."""
    return _has(text, vocabulary.of(shapes.PATH_WORDS), _EXTENDS)


def may_read_options(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text has the words of a read of oslo.config's options."""
    if "CONF" in text and (_READS.search(text) or _has(text, ("CONF",), _COPIES)):
        return True
    if "ConfigOpts(" in text:
        return True
    return any(word in text for word in vocabulary.of(shapes.OBJECT_WORDS)) and any(
        _IMPORTS_OBJECT.match(text, start, end) for start, end in _lines_with(text, "import ")
    )


def _lines_with(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines begin and end that have a word."""
    end = 0
    while (at := text.find(word, end)) != -1:
        start = text.rfind("\n", end, at) + 1 or end
        end = text.find("\n", at)
        end = len(text) if end == -1 else end
        yield start, end


def is_made_ready(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text may patch, choose a backend, or prepare a service."""
    return _has(text, vocabulary.of(shapes.READY_WORDS), _PREPARES)


def may_take_part(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text has the words of what no launch should do, whoever calls it."""
    has_words = any(_has(text, vocabulary.of(words), pattern) for words, pattern in _PARTS)
    return has_words or may_weaken(text, vocabulary) or _runs_programs(text)


def may_weaken(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text has the words of a protection that is taken away."""
    has_word = any(word in text for word in vocabulary.of(shapes.PROTECTION_WORDS))
    return has_word and _WEAKENS.search(text) is not None


def sets_variables(text: str) -> bool:
    """Tell whether a text sets variables of the environment."""
    return ("environ" in text or "putenv" in text) and _SETS.search(text) is not None


def rebinds(text: str) -> bool:
    """Tell whether the top level of a text binds an attribute of something to another name."""
    return _REBINDS.search(text) is not None


def may_nest(text: str) -> bool:
    """Tell whether a text makes an event loop nest."""
    return shapes.NESTS_WORD in text


def may_set_up_at_import(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a statement of the top level takes effect only before something else.

    That an event loop nests counts anywhere.
    """
    for word in vocabulary.of(shapes.SET_UP_WORDS):
        for at in places(text, word):
            first = text[text.rfind("\n", 0, at) + 1]
            if word == shapes.NESTS_WORD or (not first.isspace() and first != "#"):
                return True
    return False


_AT_TOP = deferred(r"\n[^\s#)\]}]")
"""Where a statement of the top level begins."""
_INNER = ("def ", "class ", "async def ", "#", '"', "'")
"""What begins a statement of which the inside does not run on import."""


def acts_at_import(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether the top level runs a file, prints or logs what may be a configuration, or names
    a file of that kind which lies in whatever directory is the current one.
    """
    runs = _places(text, vocabulary.of(shapes.RUNNER_WORDS))
    shows = _places(text, vocabulary.of(shapes.SHOWING_WORDS))
    kinds = vocabulary.of(shapes.CONFIGURATION_FILES)
    ends = _places(text, (end for kind in kinds for end in (f"{kind}'", f'{kind}"')))
    named = [at for at in ends if _NAMED_HERE.search(text, max(0, at - _AROUND), at + _END)]
    found = [*runs, *(at for at in shows if _may_show(text, at))]
    found += named if named and _READS_FILE.search(text) else ()
    return bool(found) and _is_any_at_top(text, found)


def _may_show(text: str, at: int) -> bool:
    """Tell whether what a line shows from a place on may be a configuration, or a secret.

    The line before it may say what a loop goes through.
    """
    line = text[at : at + _AROUND].partition("\n")[0]
    before = text[max(0, at - _AROUND) : at].split("\n")[-2:-1]
    shown = [line, *(one for one in before if one.lstrip().startswith("for "))]
    return any(word in one for one in shown for word in shapes.SHOWN_WORDS)


def _is_any_at_top(text: str, places: list[int]) -> bool:
    """Tell whether a statement of the top level has one of some places, and runs on import."""
    starts = [0, *(found.end() - 1 for found in _AT_TOP.finditer(text))]
    return not all(
        text.startswith(_INNER, starts[bisect.bisect_right(starts, at) - 1]) for at in places
    )


def may_declare_secret(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text declares a setting that may hold a secret."""
    return may_declare_option(text) or may_declare_setting(text, vocabulary)


def may_declare_option(text: str) -> bool:
    """Tell whether a text declares an option of oslo.config that may hold a secret."""
    return "Opt(" in text and _DECLARES.search(text) is not None


def may_declare_setting(text: str, vocabulary: Vocabulary = _ALL) -> bool:
    """Tell whether a text declares a setting of anything else that may hold a secret."""
    if any(word in text for word in shapes.FIELDS_WORDS) and _FIELD.search(text):
        return True
    if any(word in text for word in vocabulary.of(shapes.USED_WORDS)):
        return True
    if not any(word in text for word in vocabulary.of(shapes.SETTING_WORDS)):
        return False
    ends = _places(text, vocabulary.of(shapes.SECRET_WORDS))
    return any(_is_setting(text, at) for at in ends) or _LOGIN.search(text) is not None


def _places(text: str, words: Iterable[str]) -> Iterator[int]:
    """Yield where some words stand: to find each is much quicker than an expression."""
    for word in words:
        yield from places(text, word)


def _is_setting(text: str, at: int) -> bool:
    """Tell whether the name of a setting ends at a place, and has a default."""
    found = _SETTING.match(text, at)
    if found is None:
        return False
    is_key = found[0].endswith(",")
    return not is_key or _KEY.search(text, max(0, at - 2 * _LONGEST), at) is not None


def _has(text: str, words: Iterable[str], pattern: re.Pattern[str]) -> bool:
    """Look for a pattern around plain words: that is much quicker than an expression alone."""
    for word in words:
        at = text.find(word)
        while at != -1:
            start, end = max(0, at - _AROUND), at + _AROUND
            at = text.find(word, at + len(word))
            while -1 < at < end:  # the same text is not searched once more
                end = at + _AROUND
                at = text.find(word, at + len(word))
            if pattern.search(text, start, end):
                return True
    return False


_ASKED: dict[Subject, Callable[[str, Vocabulary], bool]] = {
    Subject.PROTECTION: may_weaken,
    Subject.IMPORT: may_import,
    Subject.REFLECTION: may_reflect,
    Subject.SEARCH_PATH: may_extend_path,
    Subject.SECRET: may_declare_secret,
    Subject.IMPORTED: acts_at_import,
    Subject.OPTION: may_read_options,
    Subject.ORDER: may_set_up_at_import,
    Subject.CALL: calls_at_top,
}
