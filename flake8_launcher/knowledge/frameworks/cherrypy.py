"""CherryPy, a web framework with its server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, BOTH, INTERRUPT, Ending, Framework

FRAMEWORK = Framework(
    distributions=("CherryPy",),
    create=(
        "cherrypy.Application",
        "cherrypy.process.servers.ServerAdapter",
        "cherrypy.tree.graft",
        "cherrypy.tree.mount",
        # CherryPy before 9; Cheroot since.
        "cherrypy.wsgiserver.CherryPyWSGIServer",
    ),
    serve=(
        "cherrypy.quickstart",
        "cherrypy.wsgiserver.CherryPyWSGIServer().start",
        # Does not block: engine.block() waits.
        "cherrypy.engine.start",
    ),
    wait=("cherrypy.engine.block",),
    endings={
        "cherrypy.wsgiserver.CherryPyWSGIServer().start": BINDS._replace(lingers=True),
        "cherrypy.quickstart": Ending(
            blocks=True,
            status="exits",
            binds=True,
            code=70,
            tells="exits with status 70",
            swallows=BOTH,
            handles_termination=True,
        ),
        "cherrypy.engine.start": Ending(
            blocks=False,
            status="exits",
            binds=True,
            code=70,
            tells="exits with status 70",
            needs="cherrypy.engine.block",
        ),
        "cherrypy.engine.block": Ending(blocks=True, status="none", swallows=INTERRUPT),
    },
)
