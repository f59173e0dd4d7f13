"""pygls, language servers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pygls",),
    create=(
        "pygls.lsp.server.LanguageServer",
        "pygls.server.LanguageServer",
    ),
    serve=(
        "pygls.*.start_io",
        "pygls.*.start_tcp",
        "pygls.*.start_ws",
    ),
    endings={
        "pygls.*.start_io": UNKNOWN,
        "pygls.*.start_tcp": BINDS,
        "pygls.*.start_ws": BINDS,
    },
)
