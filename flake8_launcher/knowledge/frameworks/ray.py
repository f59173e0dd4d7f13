"""Ray, with Ray Serve."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Ending, Framework

FRAMEWORK = Framework(
    distributions=("ray",),
    start=(
        "ray.serve.start",
    ),
    serve=(
        "ray.serve.run",
    ),
    endings={
        # source only
        "ray.serve.run": Ending(
            blocks=False,
            status="raises",
            when=(("blocking", UNKNOWN),),
        ),
        "ray.serve.start": Ending(blocks=False, status="raises"),
    },
)
