"""pynsq, consumers of NSQ."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, SETS_SIGNALS, Framework

FRAMEWORK = Framework(
    distributions=("pynsq",),
    create=("nsq.Reader",),
    serve=("nsq.run",),
    endings={
        # source only: it connects again for ever
        "nsq.run": SERVES._replace(handles_termination=True, swallows=BOTH),
    },
    signals={
        "nsq.run": SETS_SIGNALS,
    },
)
