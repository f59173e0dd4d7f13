"""Jina, a framework of services around models."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("jina",),
    create=(
        "jina.Deployment",
        "jina.Flow",
        "jina.Flow.load_config",
    ),
    serve=(
        "jina.Deployment().block",
        "jina.Executor.serve",
        "jina.Flow().block",
    ),
    endings=alike(  # source only
        Ending(blocks=True, status="none", swallows=INTERRUPT),
        "jina.Deployment().block",
        "jina.Executor.serve",
        "jina.Flow().block",
    ),
    returns={
        "jina.Flow.load_config()": "jina.Flow()",
        "jina.Deployment.load_config()": "jina.Deployment()",
    },
)
