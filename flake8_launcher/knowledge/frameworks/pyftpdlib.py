"""pyftpdlib, an FTP server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("pyftpdlib",),
    create=(
        "pyftpdlib.servers.FTPServer",
        "pyftpdlib.servers.MultiprocessFTPServer",
        "pyftpdlib.servers.ThreadedFTPServer",
    ),
    serve=(
        "pyftpdlib.servers.FTPServer().serve_forever",
        "pyftpdlib.servers.MultiprocessFTPServer().serve_forever",
        "pyftpdlib.servers.ThreadedFTPServer().serve_forever",
    ),
    log=("pyftpdlib.log.config_logging",),
    endings={
        "pyftpdlib.servers.*().serve_forever": SERVES._replace(swallows=BOTH),
    },
)
