"""SiPyCo, controllers of devices."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("sipyco",),
    serve=("sipyco.pc_rpc.simple_server_loop",),
    # source only: an event loop that handlers of signals stop
    endings={
        "sipyco.pc_rpc.simple_server_loop": BINDS._replace(
            swallows=("KeyboardInterrupt", "SystemExit"), handles_termination=True
        ),
    },
)
