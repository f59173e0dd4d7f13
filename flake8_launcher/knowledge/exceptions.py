"""Exception types, as a handler names them."""

from __future__ import annotations

import builtins

from flake8_launcher.knowledge.deferred import deferred

NO_FAILURE = frozenset(
    {
        "GeneratorExit",
        "ImportError",
        "KeyboardInterrupt",
        "ModuleNotFoundError",
        "NotImplementedError",
        "StopAsyncIteration",
        "StopIteration",
        "SyntaxError",
        "SystemExit",
        "UnicodeDecodeError",
        "UnicodeEncodeError",
        "asyncio.CancelledError",
        "asyncio.exceptions.CancelledError",
        "concurrent.futures.CancelledError",
        "eventlet.greenlet.GreenletExit",
        "gevent.GreenletExit",
        "greenlet.GreenletExit",
    }
)
"""Types that no failure of a serve call has: they end it, or come from elsewhere."""

BROAD = frozenset({"BaseException", "Exception"})
"""Types of which every failure is one."""

CATCHES_EXIT = frozenset({"BaseException", "SystemExit"})
"""Types of which ``SystemExit`` is one."""

OF_NAMES = frozenset({"AttributeError", "NameError", "TypeError", "UnboundLocalError"})
"""Types that any expression may raise without a call."""
OF_ITEMS = frozenset({"IndexError", "KeyError", "LookupError", "ValueError"})
"""Those that come with what takes an item of something."""
OF_ARITHMETIC = frozenset({"ArithmeticError", "ValueError", "ZeroDivisionError"})
"""Those that come with an operator."""
OF_UNPACKING = frozenset({"ValueError"})
"""Those that come with what unpacks or formats a value."""
OF_ASSERTIONS = frozenset({"AssertionError"})
OF_EXPRESSIONS = OF_NAMES | OF_ITEMS | OF_ARITHMETIC | OF_UNPACKING | OF_ASSERTIONS
"""Types that some expression or statement may raise without a call."""

FAILS_TO_SERVE = frozenset(
    {"EnvironmentError", "IOError", "OSError", "select.error", "socket.error"}
)
"""Types of what a serve call raises that cannot have its port."""
FAILS_TO_CONNECT = FAILS_TO_SERVE | {"ConnectionError", "ConnectionRefusedError"}
"""Types of what is raised where the other side is not there."""
OF_FILES = frozenset({"EnvironmentError", "FileNotFoundError", "IOError", "OSError"})
"""Types of what is raised where a file is not there."""


_FAILS = deferred(
    r"(?:Denied|Error|Exception|Failed|Failure|Fault|Forbidden|Misconfigured|Missing|Refused"
    r"|Unauthorized|\bInvalid[a-zA-Z]{0,20})$"
)
_ENDS = deferred(
    r"Abort|Cancel|Clos|Disconnect|EOF|Exit|Interrupt|Reset|Shutdown|Stop|Terminat|Timeout"
)


def is_failure(name: str) -> bool:
    """Tell whether a type of a library stands for a failure, and not for the end of something.

    :param name: its qualified name.
    """
    last = name.rpartition(".")[2]
    return _FAILS.search(last) is not None and _ENDS.search(last) is None


def is_builtin(name: str) -> bool:
    """Tell whether a qualified name is that of an exception type of the language."""
    known = getattr(builtins, name, None)
    return isinstance(known, type) and issubclass(known, BaseException)
