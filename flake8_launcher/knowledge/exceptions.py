"""Exception types, as a handler names them."""

from __future__ import annotations

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
