"""aiosmtpd, a mail server on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, Framework

FRAMEWORK = Framework(
    distributions=("aiosmtpd",),
    create=(
        "aiosmtpd.controller.Controller",
        "aiosmtpd.controller.UnixSocketController",
        "aiosmtpd.controller.UnthreadedController",
        "aiosmtpd.controller.UnixSocketUnthreadedController",
    ),
    serve=(
        # None of these blocks: a thread or the event loop goes on.
        "aiosmtpd.controller.BaseThreadedController().start",
        "aiosmtpd.controller.Controller().start",
        "aiosmtpd.controller.UnixSocketController().start",
        "aiosmtpd.controller.BaseUnthreadedController().begin",
        "aiosmtpd.controller.UnthreadedController().begin",
        "aiosmtpd.controller.UnixSocketUnthreadedController().begin",
    ),
    endings={
        "aiosmtpd.controller.*Controller().start": LISTENS._replace(
            needs="threading.Event().wait"
        ),
        "aiosmtpd.controller.*Controller().begin": LISTENS._replace(
            needs="asyncio.AbstractEventLoop().run_forever"
        ),
    },
)
