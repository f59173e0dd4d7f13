"""prometheus_client, metrics for Prometheus."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, Framework

FRAMEWORK = Framework(
    distributions=("prometheus_client",),
    only_tells=True,
    start=(
        "prometheus_client.start_http_server",
        "prometheus_client.start_wsgi_server",
        "prometheus_client.exposition.start_http_server",
        "prometheus_client.exposition.start_wsgi_server",
    ),
    endings={
        # a daemon thread, which needs no wait where the process has work of its own
        "prometheus_client.*start_*_server": LISTENS,
    },
)
