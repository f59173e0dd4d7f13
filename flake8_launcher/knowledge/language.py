"""What names of the language and its standard library mean to the interpreter."""

from __future__ import annotations

import builtins
from collections.abc import Mapping

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.shapes import GOING, GOING_FLAG

BUILTINS = frozenset(dir(builtins))

METHOD_KINDS = {
    "abc.abstractproperty": "property",
    "classmethod": "classmethod",
    "functools.cached_property": "property",
    "property": "property",
    "staticmethod": "staticmethod",
}
"""Decorators that change how a method is bound."""

ABSTRACT = "NotImplementedError"
"""What methods raise that a class derived from theirs has to define."""

CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
"""Decorators that make a context manager of a generator function."""

MAKES_OBJECTS = frozenset({"__attrs_post_init__", "__init__", "__new__", "__post_init__"})
"""Methods of a class that run when an object is made of it."""

ENTERS = ("__enter__", "__aenter__")
EXITS = ("__exit__", "__aexit__")

SWALLOWS = "loguru.logger.catch"
"""A decorator and context manager that writes down what fails, and lets it go no further."""
RAISES_AGAIN = frozenset({"onerror", "reraise"})
"""Keywords with which it does something else."""
SUPPRESSORS = frozenset({"contextlib.suppress()", SWALLOWS, f"{SWALLOWS}()"})
"""Context managers that catch the exception types that they are called with."""

RETRIERS = frozenset({"retrying.retry", "tenacity.retry"})
"""Decorators that run a function again until it succeeds, and say nothing by themselves."""
RETRIER_PAUSE = "wait"
RETRIER_FILTERS = frozenset({RETRIER_PAUSE, "reraise", "retry", "sleep", "wait_fixed"})
"""Keywords with which they go on for ever: which failures count, and how long they pause."""
FIXED_PAUSES = deferred(r"tenacity\.(?:wait\.)?wait_(?:fixed|none)(?:\(\))?")
"""Pauses that are the same each time."""

RUNS_WHEN_STARTED = frozenset(
    {
        "multiprocessing.Process",
        "multiprocessing.context.Process",
        "multiprocessing.process.BaseProcess",
        "threading.Thread",
    }
)
"""Classes whose ``start`` runs the ``run`` that a subclass defines."""

DAEMON = "daemon"
"""The attribute, and keyword, that lets a thread or process end with the main one."""

RUN_BY: Mapping[str, tuple[str, ...]] = {
    # traitlets.readthedocs.io, Application
    "launch_instance": ("initialize", "start"),
    "launch_new_instance": ("initialize", "start"),
}
"""Methods of an instance that a class method runs, which a subclass inherits from outside."""

MAKES_INSTANCE = frozenset({"instance"})
"""Class methods that make an instance, where a subclass inherits them from outside."""

GROWS = frozenset({"add", "append", "extend", "insert"})
"""Methods that put their last argument into a list or set."""

LOOKS_UP = frozenset({"get", "pop"})
"""Methods of mappings that give the value of a key."""

ENUMERATES = "enumerate"
"""The call that gives each item of what it is given, with its number."""

LISTS_ALL = frozenset({"items", "values"})
"""Methods of mappings that give all that they hold."""

TEXT_METHODS = frozenset({"str().format", "str().join"})
"""Methods of texts that give another text."""

ITERATES = frozenset({"aiter", "iter"})
"""What gives an iterator over something, if it is given nothing else."""
NEVER_ENDING = frozenset({"itertools.count()", "itertools.cycle()", "itertools.repeat()"})
"""Iterators without an end: one that repeats may be told how often."""
FILTERS = "filter"
"""What gives the items of its second argument that are true, where the first is none."""
SPLITS = "shlex.split"
"""What gives the words of a command."""

WAITS = frozenset(
    {
        "accept",
        "get_message",
        "getmany",
        "handle_request",
        "pause",
        "poll",
        "read_message",
        "receive",
        "receive_message",
        "receive_messages",
        "recv",
        "recv_json",
        "recv_multipart",
        "recv_pyobj",
        "recv_string",
        "recvfrom",
        "select",
        "sleep",
        "wait",
    }
)
"""Last names of calls that wait for time to pass or for something to come."""

RUNS_PROGRAM = frozenset(
    {"os.system", "subprocess.call", "subprocess.check_call", "subprocess.run"}
)
"""Calls that wait for the end of a program."""

TAKES = WAITS - {"pause", "sleep", "wait"}
"""Those of them that give what has come."""
GIVES_NEXT = ("__next__", "__anext__")
"""Methods of an iterator that give what comes next."""
NO_MORE = frozenset({"StopAsyncIteration", "StopIteration"})
"""What they raise when there is nothing more to give."""
ADVANCES = frozenset({"anext", "next"})
"""Calls that go through a generator to its next value."""
LIMITS = frozenset({"timeout", "timeout_ms", "timeout_s", "timeout_seconds"})
"""Keywords that say how long a call waits at most."""

SAYS = frozenset(
    {
        "Signals",
        "critical",
        "current_thread",
        "debug",
        "echo",
        "error",
        "exception",
        "flush",
        "format",
        "getLogger",
        "get_logger",
        "getpid",
        "info",
        "log",
        "print",
        "repr",
        "str",
        "strsignal",
        "warn",
        "warning",
    }
)
"""Last names of calls that log or print, and of those that make what they say."""

PRINTS = deferred(r"flush|pprint|_*print(?:b|f|ln|_\w{1,40}|[A-Z]\w{0,40})?")
"""Those that show something to a person who waits for it."""
LOOKS = deferred(r"(?:get|poll|read|refresh|update)(?:_?(?:data|info|stat(?:e|s|us)|values?))?")
"""Last names of methods that only find out what there is to show, if they are told nothing."""
CONVERTS = deferred(
    r"decode|encode|dumps|format|get|group|hex|isoformat|items|join|keys|loads|lower|lstrip|match"
    r"|(?:utc)?now|monotonic|r?split|replace|r?strip|search|str[fp]time|time|title|total_seconds"
    r"|unpack(?:_from)?|upper|values|fromtimestamp|localtime|readline"
)
"""Those of functions and methods that make another value of one, or tell the time."""

RUNNING = deferred(
    rf"active|alive|running|looping|serving|keep_?going|forever|^{GOING_FLAG}$"
    r"|(?:^|_)(?:loop|run)(?:_(?:enabled|event|flag|state|thread))?_*$"
)
"""Flags that a service's loop looks at."""
RUNS_ROUND = deferred(
    r"_*(?:main_?loop|loop|iterate|run|serve|tick|work)(?:_(?:cycle|iteration|loop|once|round))?_*"
    r"|keep_?going"
)
"""Names of methods that do one round of a service's work, and tell whether it goes on."""
GOES_ON = deferred(GOING)
"""The same of variables."""
ASKS_FLAG = frozenset({"is_set", "isSet", "wait"})
"""Methods that tell whether an event is set; one waits for that first."""
STOPPING = deferred(
    "sigterm|sigint|stop|shut(?:ting)?_?down|exit|quit|halt"
    "|terminat|kill|cancel|closing|finish_now|interrupt|abort|dying"
    "|(?:^|_)(?:die|term|sig(?:nal)?_?(?:caught|handler|received))(?:_|$)"
)
"""Flags that tell such a loop to end."""
ONCE = deferred("once|one_?shot")
"""Options that let it go round but once."""
AWAITED = deferred(
    "answer|avail|complete|connect|done|found|init|load|online|open|ready|receiv|reply|respon"
    "|result|return|start|succe|sync"
)
"""Events that somebody waits for, to go on when they are there."""
ENDED = deferred("empty|finish|(?:^|_)(?:end(?:ed)?|eof|over)(?:_|$)")
"""Those that tell of the end of something."""
ENDS_ROUNDS = deferred(
    r"(?<![a-z])(?:stop|shut(?:ting)?_?down|exit(?!_?code|_?status|ed|s\b)|quit|term(?![a-z])"
    r"|terminat(?!ors?\b)|kill|cancel|abort"
    r"|interrupt|once|one_?shot|single|loop|daemon|forever|repeat(?!ed)|interval|running|reload"
    r"|restart|burst)"
)
"""Flags that end such a loop, or let it go round but once."""
LAST_FIELD = ("TType.STOP", "T_STOP")
"""The type that comes after the last field of what Thrift writes, as such code calls it."""
ASKED_TO_STOP = frozenset(
    {"CancelledError", "GeneratorExit", "KeyboardInterrupt", "SystemExit"}
)
"""Exceptions with which somebody ends a service."""
ANY_FAILURE = frozenset({"BaseException", "Exception"})
"""Exceptions of all kinds: no loop ends in order with one of them."""
FATAL = deferred(r"Critical|Fatal|Unrecoverable")
"""Names of exceptions with which a service gives up."""
SAYS_FAILURE = frozenset(
    {"critical", "error", "exception", "fatal", "print_exc", "print_exception"}
)
"""Last names of calls that log a failure."""
SAYS_FATAL = frozenset({"critical", "fatal"})
"""Those of them that log one with which a service gives up."""
TELLS_FAILURE = frozenset({"exc_info", "format_exc", "format_exception"})
"""Last names of calls that give what was caught."""
SAYS_STOP = deferred(
    r"(?i)^(?!.*\b(?:no more|done|finish|complete)).*"
    r"\b(?:shutting ?down|stopping|exiting|quitting|terminating|restarting|giving up|fatal)\b"
)
"""What is said where a service stops, and has not come to an end of its work."""
CLOCKS = frozenset({"monotonic", "now", "perf_counter", "time", "utcnow"})
"""Last names of calls that give the time."""
ASKS_ALIVE = frozenset({"activeCount", "active_count", "isAlive", "is_alive"})
"""Last names of calls that ask whether threads or processes go on."""
ASKS = frozenset(
    {"ainput", "cmdloop", "getch", "getkey", "getpass", "input", "prompt", "prompt_async"}
    | {"raw_input", "waitKey"}
)
"""Last names of calls that ask a person, or wait for a key."""
ASKS_USER = deferred(
    r"_*(?:(?:ask|get|prompt|read|request)_(?:for_)?)?user_input|input_prompt"
    r"|_*(?:ask|prompt)_user(?:_\w+)?"
)
"""Last names of a project's own functions that ask a person."""
PINS = deferred("gpio|wiringpi|^io$|^pi$")
"""Objects of which the ``input`` is that of a pin."""
TAKEN_TO_THREAD = {"run_in_executor": 1, "run_sync": 0, "to_thread": 0}
"""Where calls that run a function in a thread are given it, by their last names."""
RECEIVES = frozenset({"get", "get_message", "poll", "receive", "recv", "recv_json", "recv_string"})
"""Methods that ``iter`` calls for what comes next."""
STREAMS = frozenset(
    {"consume", "iterator", "listen", "messages", "read_forever", "receive", "subscribe"}
)
"""Methods and attributes of such an object that give what comes in, one by one."""
RECEIVERS = frozenset({"consume", "listen", "receive", "subscribe"})
"""Those of which an ``async for`` goes through what comes in, whatever the object is called."""
STREAM = deferred(
    r"(?!by_|per_)(?:\w*_)?(?:consumer|listener|pubsub|receiver|subscriber|subscription)"
)
"""What the object is called that messages come from."""
FORKS = "fork"
"""The last name of the call that makes a process of a copy of this one."""
EXIT_NAMES = frozenset({"_exit", "exit", "quit"})
"""Last names of calls that end the process."""

PARTIALS = frozenset(
    {
        "functools.partial",
        "dependency_injector.providers.Callable",
        "dependency_injector.providers.Coroutine",
        "dependency_injector.providers.Factory",
        "dependency_injector.providers.Resource",
        "dependency_injector.providers.Singleton",
        "dependency_injector.providers.ThreadSafeSingleton",
    }
)
"""Calls that keep a callable and some arguments for later."""

MAKES_GIVEN = deferred(
    r"(?:(?:[cC]ontainer|[iI]njector|object_graph)(?:\(\))?\.(?:get|provide|resolve)"
    r"|\binject\.(?:get_injector\(\)\.get_)?instance)$"
)
"""Ends of calls by which a container makes an object of the class that it is given.

Those of dishka, inject, injector, pinject, punq, rodi and their kin.
"""

INFINITIES = frozenset({"inf", "infinity"})
"""Texts of which ``float`` makes a number without end."""
INFINITE = "math.inf"
"""The name of that number."""
SLEEPS = "asyncio.sleep"
"""A sleep that may last so long; that of :mod:`time` refuses it."""
FUTURES = frozenset({"asyncio.AbstractEventLoop().create_future()", "asyncio.Future()"})
"""What waits for ever when it is awaited, and nothing else has it."""
EVENT_LOOP = deferred(
    r"(?:^asyncore\.loop|^bacpypes\.core\.run|MainLoop\(\)\.run|\(\)\.run_forever|\.reactor\.run"
    r"|IOLoop\(\)\.start)$"
)
"""What runs an event loop, which serves nobody by itself."""
EVENT_WAITS = frozenset({"asyncio.Event().wait", "threading.Event().wait"})
"""What does so, too, when it is called."""

PASSES_THROUGH = frozenset(
    {
        "asyncio.shield",
        "asyncio.wait_for",
        "contextlib.closing",
        "copy.copy",
        "copy.deepcopy",
    }
)
"""Calls that give their first argument, or what it comes to."""

FINDS_PROGRAM = frozenset({"distutils.spawn.find_executable", "shutil.which"})
"""Calls that give the path of the program of a name, which ends with it."""

COPIES = frozenset({"collections.OrderedDict", "dict"})
"""Calls that make a plain mapping of what another holds."""

LISTED = deferred(r"(?:\[\]|\.(?:copy|items|keys|sections|values)\(\)){1,20}$")
"""What the name of a mapping has at its end where its items, keys or values are meant."""

SYSTEMS = frozenset({"os.name", "platform.system()", "sys.platform"})
"""What names the operating system."""
WINDOWS = frozenset({"Windows", "ce", "cygwin", "nt", "win", "win32", "windows"})
"""What it is called there."""
ASKS_ROOT = "os.path.isabs"
ASKS_SYSTEM = "sys.platform.startswith"
VERSION, MAJOR = "sys.version_info", "major"
"""What tells the version of Python, and its first part."""
VERSIONS = ((3, 10, 0), (3, 99, 0))
"""The oldest version that is read, and one that is later than all others."""
FLAGS = {
    "BSD": False,
    "IS_PYPY": False,
    "IS_WINDOWS": False,
    "JYTHON": False,
    "LINUX": True,
    "MACOS": False,
    "OSX": False,
    "POSIX": True,
    "PY2": False,
    "PY3": True,
    "PYPY": False,
    "WIN32": False,
    "WINDOWS": False,
    "is_py2": False,
    "is_py3": True,
}
"""What flags with such names say of the system and of Python, wherever they come from."""

EXISTS = frozenset({"bool", "exists", "isfile", "lexists"})
"""Functions that tell whether there is something: a value, or a file."""
HAS_FILE = frozenset({"exists", "is_file"})
"""Methods of a path that tell whether there is a file."""
ASKS_FOR_FILE = HAS_FILE | (EXISTS - {"bool"})
"""All of them that ask for a file."""

CASTS = frozenset({"cast", "typing.cast", "typing_extensions.cast"})
"""Calls that give their second argument."""

ENTERS_CONTEXT = frozenset({"enter_context", "enter_async_context"})
"""Methods that give the context manager which they are called with."""

IMPORTERS = frozenset({"importlib.import_module", "__import__"})
"""Calls that give the module which their first argument names."""

ENDS_PROCESS = frozenset({"exit", "os._exit", "os.abort", "quit", "sys.exit"})
"""Calls that never return."""
MOVES = frozenset({"os.chdir", "os.fchdir"})
"""Calls by which a process leaves the directory that it was started in."""

RUNS_COROUTINES = frozenset(
    {
        "anyio.run",
        "asyncio.AbstractEventLoop().run_until_complete",
        "asyncio.Runner().run",
        "asyncio.get_event_loop().run_until_complete",
        "asyncio.new_event_loop().run_until_complete",
        "asyncio.run",
        "curio.run",
        "trio.run",
        "uvloop.run",
    }
)
"""Calls that run a coroutine to its end, and raise what it raises."""

ENDS = deferred(r"^_?(?:sys_)?exit|exit$|abort|die|fail|error_out|reraise|save_and_reraise|bail")
"""Last names of functions that may not return."""

SETS_DEFAULTS = ".set_defaults"
"""The method by which argparse ties the function of a subcommand to what it parses."""

ADDS_ARGUMENT = ".add_argument"
"""The method by which argparse learns of an argument."""

PARSED_MAPPING = frozenset({"vars().get", "vars().pop"})
"""Methods of what argparse gives, as a mapping."""
SETTINGS = deferred(r"pydantic(?:_settings|\.env_settings|\.v1)?(?:\.main)?\.BaseSettings")
"""Classes whose fields have the values of variables of the environment."""
TEXTS = deferred(
    r"(?:(?:typing\.)?Optional\[)?(?:str|(?:pathlib\.)?Path|FilePath)(?:\]| \| None)?|None \| str"
)
"""Annotations of fields that hold any text."""
NAMES_CODE = deferred(
    r"(?:^|_)(?:app|application|backend|callable|class|config|dir|driver|entry_?point|extension"
    r"|factory|file|folder|function|handler|hook|import|loader|middleware|module|package|path"
    r"|plugin|script|task)s?(?:$|_)"
)
"""Names of fields that may name code or a file; of others only their defaults are looked at."""
RENAMES = deferred(r"\b(?:env_prefix|alias|validation_alias|env) ?=|[\"']env_prefix[\"']")
"""Text of such a class whose variables have other names than the fields."""
PARSED_ARGUMENTS = deferred(r"\.parse_(?:known_)?args\(\)(?:\[\])?$")
"""What argparse gives."""

FIELDS = frozenset({"attr.field", "attr.ib", "attrs.field", "dataclasses.field"})
"""What describes a field of a class whose ``__init__`` is made."""
