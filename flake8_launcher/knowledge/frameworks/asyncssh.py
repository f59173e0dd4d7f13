"""AsyncSSH, SSH servers on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("asyncssh",),
    start=(
        "asyncssh.create_server",
        "asyncssh.listen",
        "asyncssh.listen_reverse",
    ),
    wait=(
        "asyncssh.create_server().wait_closed",
        "asyncssh.listen().wait_closed",
    ),
    endings={
        **alike(
            LISTENS._replace(needs="asyncio.Event().wait"),
            "asyncssh.create_server",
            "asyncssh.listen",
        ),
        # source only
        "asyncssh.listen_reverse": LISTENS._replace(binds=False),
        "asyncssh.*().wait_closed": WAITS,
    },
)
