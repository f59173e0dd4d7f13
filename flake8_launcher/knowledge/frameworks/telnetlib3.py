"""telnetlib3, servers of Telnet on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("telnetlib3",),
    serve=("telnetlib3.create_server", "telnetlib3.server.create_server"),
    wait=(
        "telnetlib3.create_server().wait_closed",
        "telnetlib3.server.create_server().wait_closed",
    ),
    endings={
        **alike(WAITS, "telnetlib3.*create_server().wait_closed"),
        "telnetlib3.*create_server": LISTENS._replace(needs="asyncio.Event().wait"),
    },
)
