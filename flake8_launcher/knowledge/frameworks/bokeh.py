"""Bokeh, interactive plots and the server that shows them."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, Ending, Framework

FRAMEWORK = Framework(
    distributions=("bokeh",),
    create=(
        "bokeh.server.server.BaseServer",
        "bokeh.server.server.Server",
    ),
    start=(
        "bokeh.server.server.BaseServer().start",
        "bokeh.server.server.Server().start",
    ),
    serve=(
        "bokeh.server.server.BaseServer().run_until_shutdown",
        "bokeh.server.server.Server().io_loop.start",
        "bokeh.server.server.Server().run_until_shutdown",
    ),
    endings={
        # as seen with 3.9: it has bound its port when it was made
        "bokeh.server.server.*Server().start": Ending(blocks=False, status="none"),
        "bokeh.server.server.*Server().run_until_shutdown": SERVES._replace(
            swallows=BOTH,
            handles_termination=True,
        ),
        "bokeh.server.server.Server().io_loop.start": SERVES,
    },
)
