"""FastHTML, a framework that uvicorn serves."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("python-fasthtml",),
    create=(
        "fasthtml.FastHTML",
        "fasthtml.common.FastHTML",
        "fasthtml.common.fast_app",
        "fasthtml.fastapp.fast_app",
    ),
    serve=(
        "fasthtml.common.serve",
        "fasthtml.core.serve",
        "fasthtml.serve",
    ),
    endings={
        # source only
        "fasthtml.*serve": UNKNOWN,
    },
)
