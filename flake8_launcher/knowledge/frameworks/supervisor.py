"""Supervisor, which starts and watches processes."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("supervisor",),
    create=("supervisor.supervisord.Supervisor",),
    serve=(
        "supervisor.supervisord.go",
        "supervisor.supervisord.main",
        "supervisor.supervisord.Supervisor().main",
        "supervisor.supervisord.Supervisor().run",
        "supervisor.supervisord.Supervisor().runforever",
    ),
    load=(
        "supervisor.options.ServerOptions().process_config",
        "supervisor.options.ServerOptions().process_config_file",
        "supervisor.options.ServerOptions().read_config",
        "supervisor.options.ServerOptions().realize",
    ),
    endings=alike(
        # source only
        Ending(blocks=True, status="exits", code=1, handles_termination=True),
        "supervisor.supervisord.go",
        "supervisor.supervisord.main",
        "supervisor.supervisord.Supervisor().main",
        "supervisor.supervisord.Supervisor().run",
        "supervisor.supervisord.Supervisor().runforever",
    ),
)
