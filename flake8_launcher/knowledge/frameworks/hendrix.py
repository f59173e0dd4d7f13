"""hendrix, a WSGI server on Twisted."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("hendrix",),
    create=(
        "hendrix.deploy.base.HendrixDeploy",
        "hendrix.deploy.cache.HendrixDeployCache",
        "hendrix.deploy.hybrid.HendrixDeployHybrid",
        "hendrix.deploy.tls.HendrixDeployTLS",
    ),
    serve=(
        "hendrix.deploy.base.HendrixDeploy().run",
        "hendrix.deploy.cache.HendrixDeployCache().run",
        "hendrix.deploy.hybrid.HendrixDeployHybrid().run",
        "hendrix.deploy.tls.HendrixDeployTLS().run",
        "hendrix.ux.launch",
        "hendrix.ux.main",
    ),
    endings=alike(
        UNKNOWN,
        "hendrix.deploy.*().run",
        "hendrix.ux.launch",
        "hendrix.ux.main",
    ),
)
