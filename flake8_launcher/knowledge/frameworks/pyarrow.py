"""PyArrow, with the servers of Arrow Flight."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, WAITS, Framework

FRAMEWORK = Framework(
    distributions=("pyarrow",),
    create=(
        "pyarrow.flight.FlightServerBase",
    ),
    serve=(
        "pyarrow.flight.FlightServerBase().serve",
    ),
    wait=(
        "pyarrow.flight.FlightServerBase().wait",
    ),
    endings={
        # source only
        # it listens as soon as it is made
        "pyarrow.flight.FlightServerBase().serve": SERVES,
        "pyarrow.flight.FlightServerBase().wait": WAITS,
    },
)
