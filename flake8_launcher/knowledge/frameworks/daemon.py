"""python-daemon, which makes a daemon of a process."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("python-daemon",),
    create=("daemon.runner.DaemonRunner",),
    serve=("daemon.runner.DaemonRunner().do_action",),
    endings={"daemon.runner.DaemonRunner().do_action": UNKNOWN},  # what the application does
)
