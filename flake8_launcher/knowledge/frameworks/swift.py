"""Swift, the object store of OpenStack, whose middleware calls its own functions."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, CONSUMES, Ending, Framework

FRAMEWORK = Framework(
    distributions=("swift",),
    application=True,
    serve=(
        "swift.common.daemon.run_daemon",
        "swift.common.wsgi.run_server",
        "swift.common.wsgi.run_wsgi",
    ),
    load=(
        "swift.common.daemon.run_daemon",
        "swift.common.wsgi.run_wsgi",
        "swift.common.utils.config.readconf",
        "swift.common.utils.readconf",
        "swift.common.wsgi.check_config",
        "swift.common.wsgi.init_request_processor",
        "swift.common.wsgi.load_app_config",
        "swift.common.wsgi.loadapp",
    ),
    log=(
        "swift.common.daemon.run_daemon",
        "swift.common.wsgi.run_wsgi",
    ),
    endings={
        "swift.common.wsgi.run_wsgi": Ending(
            # source only
            blocks=True,
            status="returned",
            binds=True,
            code=1,
            tells="prints the failure and returns 1",
            handles_termination=True,
        ),
        "swift.common.wsgi.run_server": CONSUMES,
        "swift.common.daemon.run_daemon": Ending(
            # source only
            blocks=True,
            status="exits",
            code=1,
            tells="exits with status 1",
            swallows=BOTH,
            handles_termination=True,
        ),
    },
)
