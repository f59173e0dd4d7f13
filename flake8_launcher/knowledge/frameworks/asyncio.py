"""The event loop of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    FUTURE,
    LISTENS,
    PORT_ERRORS,
    SERVES,
    WAITS,
    Ending,
    Framework,
    alike,
)

FRAMEWORK = Framework(
    start=(
        "asyncio.start_server",
        "asyncio.start_unix_server",
        "asyncio.AbstractEventLoop().create_server",
        "asyncio.AbstractEventLoop().create_unix_server",
        # unless it is a client's: launch.paths.programs.is_of_client
        "asyncio.AbstractEventLoop().create_datagram_endpoint",
        "asyncio.AbstractServer().start_serving",
        "asyncio.Server().start_serving",
        "asyncio.start_server().start_serving",
        "asyncio.start_unix_server().start_serving",
        "asyncio.AbstractEventLoop().create_server().start_serving",
        "asyncio.AbstractEventLoop().create_unix_server().start_serving",
    ),
    serve=(
        "asyncio.AbstractEventLoop().run_forever",
        "asyncio.AbstractServer().serve_forever",
        "asyncio.Server().serve_forever",
        "asyncio.start_server().serve_forever",
        "asyncio.start_unix_server().serve_forever",
        "asyncio.AbstractEventLoop().create_server().serve_forever",
        "asyncio.AbstractEventLoop().create_unix_server().serve_forever",
    ),
    wait=(
        "asyncio.Event().wait",
        "asyncio.AbstractServer().wait_closed",
        "asyncio.Server().wait_closed",
        "asyncio.start_server().wait_closed",
        "asyncio.start_unix_server().wait_closed",
        "asyncio.AbstractEventLoop().create_server().wait_closed",
        "asyncio.AbstractEventLoop().create_unix_server().wait_closed",
    ),
    returns={
        "asyncio.ProactorEventLoop()": "asyncio.AbstractEventLoop()",
        "asyncio.SelectorEventLoop()": "asyncio.AbstractEventLoop()",
        "asyncio.get_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.get_running_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.new_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.events.get_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.events.get_running_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.events.new_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.get_event_loop_policy().get_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.get_event_loop_policy().new_event_loop()": "asyncio.AbstractEventLoop()",
        "asyncio.Runner().get_loop()": "asyncio.AbstractEventLoop()",
    },
    endings={
        **alike(
            LISTENS._replace(needs="asyncio.AbstractServer().serve_forever"),
            "asyncio.start_server",
            "asyncio.start_unix_server",
            "asyncio.AbstractEventLoop().create_server",
            "asyncio.AbstractEventLoop().create_unix_server",
        ),
        "asyncio.AbstractEventLoop().create_datagram_endpoint": LISTENS._replace(
            needs="asyncio.Event().wait"
        ),
        "asyncio.*().start_serving": Ending(
            blocks=False, status="none", needs="asyncio.AbstractServer().serve_forever"
        ),
        "asyncio.*().serve_forever": SERVES,
        "asyncio.*().wait_closed": WAITS,
        "asyncio.Event().wait": WAITS,
        "asyncio.AbstractEventLoop().run_forever": Ending(
            blocks=True,
            status="none",
            tells="goes on when a task has failed: nothing is said before the task is collected",
        ),
        **alike(
            FUTURE._replace(
                tells="returns a task that keeps the failure until somebody awaits it",
            ),
            "asyncio.create_task",
            "asyncio.ensure_future",
            "asyncio.run_coroutine_threadsafe",
            "asyncio.AbstractEventLoop().create_task",
            "asyncio.AbstractEventLoop().run_in_executor",
            "asyncio.tasks.create_task",
            "asyncio.tasks.ensure_future",
        ),
        "asyncio.gather": Ending(
            blocks=True,
            status="raises",
            when=(
                (
                    "return_exceptions",
                    Ending(
                        blocks=True,
                        status="returned",
                        tells="returns exceptions among the results",
                    ),
                ),
            ),
        ),
        "asyncio.wait": Ending(
            blocks=True,
            status="returned",
            tells="returns the tasks, which keep their failures until somebody asks them",
        ),
    },
    raises={
        **alike(
            PORT_ERRORS,
            "asyncio.AbstractEventLoop().create_server",
            "asyncio.start_server",
        ),
        **alike(
            ("OSError",),
            "asyncio.open_unix_connection",
            "asyncio.start_unix_server",
        ),
        "asyncio.open_connection": ("OSError", "OverflowError", "TypeError", "ValueError"),
    },
    errors={
        "asyncio.exceptions.InvalidStateError": ("Exception",),
        "asyncio.exceptions.CancelledError": ("BaseException",),
    },
    aliases={
        # a type of its own before Python 3.11
        "asyncio.TimeoutError": "TimeoutError",
        "asyncio.exceptions.TimeoutError": "TimeoutError",
        "asyncio.CancelledError": "asyncio.exceptions.CancelledError",
    },
    backends=("asyncio.set_event_loop_policy",),
)
