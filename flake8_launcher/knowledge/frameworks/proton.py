"""Qpid Proton, AMQP 1.0."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("python-qpid-proton",),
    create=("proton.reactor.Container",),
    serve=("proton.reactor.Container().run",),
    endings={"proton.reactor.Container().run": CONSUMES},  # source only
)
