"""Pyramid, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("pyramid",),
    create=(
        "pyramid.config.Configurator",
        "pyramid.config.Configurator().make_wsgi_app",
    ),
    serve=(
        "pyramid.scripts.pserve.PServeCommand().run",
        "pyramid.scripts.pserve.main",
    ),
    load=(
        "pyramid.paster.bootstrap",
        "pyramid.paster.get_app",
        "pyramid.paster.get_appsettings",
    ),
    log=("pyramid.paster.setup_logging",),
    endings=alike(
        Ending(
            blocks=True,
            status="returned",
            code=1,
            tells="returns 1 or 2",
            handles_termination=None,
        ),
        "pyramid.scripts.pserve.PServeCommand().run",
        "pyramid.scripts.pserve.main",
    ),
)
