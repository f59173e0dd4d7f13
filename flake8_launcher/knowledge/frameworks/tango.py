"""PyTango, devices of a Tango control system."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, alike

_SERVES = Ending(
    blocks=True,
    status="swallowed",
    tells="prints what fails and returns",
    swallows=BOTH,
    handles_termination=True,
)

FRAMEWORK = Framework(
    distributions=("pytango",),
    serve=(
        "tango.run",
        "tango.server.run",
        "tango.server.Device().run_server",
        "tango.server.Device.run_server",
        "tango.server.server_run",
        "tango.Util().server_run",
        "tango.Util.instance().server_run",
    ),
    endings=alike(_SERVES, "tango.*run", "tango.*run_server"),
)
