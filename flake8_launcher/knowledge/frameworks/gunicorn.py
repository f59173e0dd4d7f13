"""Gunicorn, a WSGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SETS_SIGNALS, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("gunicorn",),
    create=(
        "gunicorn.app.base.Application",
        "gunicorn.app.base.BaseApplication",
        "gunicorn.app.wsgiapp.WSGIApplication",
        "gunicorn.arbiter.Arbiter",
    ),
    serve=(
        "gunicorn.app.base.Application().run",
        "gunicorn.app.base.BaseApplication().run",
        "gunicorn.app.pasterapp.serve",
        "gunicorn.app.wsgiapp.WSGIApplication().run",
        "gunicorn.app.wsgiapp.run",
        "gunicorn.arbiter.Arbiter().run",
    ),
    load=(
        "gunicorn.app.base.Application().get_config_from_filename",
        "gunicorn.app.base.Application().load_config_from_file",
        "gunicorn.app.base.Application().load_config_from_module_name_or_filename",
        "gunicorn.app.wsgiapp.WSGIApplication().get_config_from_filename",
        "gunicorn.app.wsgiapp.WSGIApplication().load_config_from_file",
        "gunicorn.app.wsgiapp.WSGIApplication().load_config_from_module_name_or_filename",
    ),
    endings=alike(
        Ending(
            blocks=True,
            status="exits",
            binds=True,
            code=1,
            tells="exits with status 1, or 3 when a worker fails to start",
            swallows=BOTH,
            handles_termination=True,
        ),
        "gunicorn.app.*().run",
        "gunicorn.app.pasterapp.serve",
        "gunicorn.app.wsgiapp.run",
        "gunicorn.arbiter.Arbiter().run",
    ),
    errors={
        "gunicorn.errors.ConfigError": ("Exception",),
        "gunicorn.errors.HaltServer": ("BaseException",),
    },
    signals={
        "gunicorn.app.*Application().run": SETS_SIGNALS,
    },
)
