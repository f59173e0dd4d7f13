"""truststore, the certificates of the system."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("truststore",),
    patches={
        "truststore.inject_into_ssl": Patcher("ssl.SSLContext"),
    },
)
