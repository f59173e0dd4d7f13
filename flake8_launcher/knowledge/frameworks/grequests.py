"""GRequests, requests on gevent."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("grequests",),
    patches_at_import=True,
)
