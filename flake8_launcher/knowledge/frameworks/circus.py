"""Circus, which starts and watches processes."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("circus",),
    create=(
        "circus.arbiter.Arbiter",
        "circus.arbiter.ThreadedArbiter",
        "circus.get_arbiter",
        "circus.green.get_arbiter",
    ),
    serve=(
        "circus.arbiter.Arbiter().start",
        "circus.arbiter.ThreadedArbiter().start",
        "circus.arbiter.Arbiter.load_from_config().start",
        "circus.arbiter.ThreadedArbiter.load_from_config().start",
        "circus.circusd.main",
        "circus.get_arbiter().start",
        "circus.green.get_arbiter().start",
    ),
    load=(
        "circus.arbiter.Arbiter.load_from_config",
        "circus.arbiter.ThreadedArbiter.load_from_config",
    ),
    log=("circus.util.configure_logger",),
    endings={
        **alike(
            Ending(
                blocks=True,
                status="returned",
                binds=True,
                tells="logs the failure and returns it in a Future",
                swallows=BOTH,
                handles_termination=True,
            ),
            "circus.*rbiter().start",
            "circus.*Arbiter.load_from_config().start",
        ),
        # source only
        "circus.circusd.main": Ending(
            blocks=True, status="exits", code=1, handles_termination=True
        ),
    },
)
