"""Streamlit, interactive pages."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SETS_SIGNALS, UNKNOWN, Ending, Framework

FRAMEWORK = Framework(
    distributions=("streamlit",),
    serve=(
        "streamlit.bootstrap.run",
        "streamlit.cli.main",
        "streamlit.web.bootstrap.run",
        "streamlit.web.cli.main",
    ),
    endings={
        # as seen with 1.67
        "streamlit.*bootstrap.run": Ending(
            blocks=True,
            status="exits",
            binds=True,
            code=1,
            tells="exits with status 1",
            swallows=BOTH,
            handles_termination=True,
        ),
        "streamlit.*cli.main": UNKNOWN,
    },
    signals={
        "streamlit.web.bootstrap.run": SETS_SIGNALS,
    },
)
