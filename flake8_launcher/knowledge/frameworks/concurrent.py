"""Executors of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import FUTURE, Ending, Framework

FRAMEWORK = Framework(
    endings={
        "concurrent.futures.*Executor().map": FUTURE._replace(
            tells="returns results of which each raises its failure when it is taken",
        ),
        "concurrent.futures.*Executor().submit": FUTURE,
        "concurrent.futures.wait": Ending(
            blocks=True,
            status="returned",
            tells="returns the futures, which keep their failures until somebody asks them",
        ),
    },
    errors={
        "concurrent.futures._base.Error": ("Exception",),
        "concurrent.futures._base.CancelledError": ("concurrent.futures._base.Error",),
    },
    aliases={
        "concurrent.futures.TimeoutError": "TimeoutError",
        "concurrent.futures.CancelledError": "concurrent.futures._base.CancelledError",
    },
)
