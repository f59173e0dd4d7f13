"""What the names of a project's own functions tell where their bodies cannot be read.

A shape is a regular expression for the end of a qualified name. It is asked last, and never for
names of the standard library or of a framework that :mod:`.frameworks` lists.
"""

from __future__ import annotations

import re

from flake8_launcher.knowledge.model import Role

_SERVICE = r"(?:\w*(?:Server|Service|Daemon|Launcher|Supervisor|Worker|Agent|ServiceManager))"
_MAKES = r"(?:(?:get|create|make|build|new|setup|init)_\w*(?:server|service|daemon|launcher|worker))"
_GETS = rf"(?:{_SERVICE}(?:\.(?:create|get|get_instance|instance|from_\w+))?|{_MAKES})"

SHAPES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?:^|[.?\]])(?:{pattern})$"))
    for role, pattern in (
        (
            Role.PATCH,
            r"(?:\w+_)?monkey_?patch(?:_(?!ed)\w+)?|patch_all|patch_stdlib\w*|monkeypatch\w*\.\w*patch\w*"
            r"|monkey_patch(?:er|ing)?\.\w*patch\w*|(?:hub|patches|patcher|eventlet|gevent)\.patch(?:_all)?",
        ),
        (
            Role.LOAD,
            r"prepare_service|(?:\w*config|cfg|opts|conf)\.(?:parse_args|parse_config|init|init_config"
            r"|load|load_config|read|read_config|read_config_file|setup_config|initialize)"
            r"|(?:load|read|parse|init)_(?:\w+_)?(?:config|conf|config_file|configuration|settings)"
            r"|readconf|load_paste_app|load_app|service_setup\.setup|parse_config_files?|parse_configuration"
            r"|config_from_(?:file|cmdline)",
        ),
        (
            Role.LOG,
            r"(?:log|logging|\w*logger|\w*logging)\.(?:setup|setup_\w+|init|configure)"
            r"|(?:setup|init|initialize|configure|config|start)_(?:\w+_)?(?:log|logs|logger|logging)",
        ),
        (
            Role.WAIT,
            rf"service\.wait|(?:{_GETS}\(\)|process_launcher\(\)|launch(?:er)?\(\))\.wait"
            r"|wait_for_exit_signal|wait_for_termination|launch_service\(\)\.wait|wait_forever",
        ),
        (
            Role.SERVE,
            r"(?:service|wsgi|services)\.(?:serve|launch)|launch_service|serve_forever|run_forever"
            r"|run_(?:\w+_)?(?:server|service|services|daemon|wsgi|worker|workers|scheduler)"
            r"|(?:start|boot|serve|launch)_(?:\w+_)?(?:server|servers|service|services|daemon|reactor|workers?)"
            r"|serve_wsgi|\w*eventlet_server|\w*_rpc_server|abstract_main|vip_main|daemon_loop|main_loop|mainloop_forever"
            rf"|{_GETS}\(\)\.(?:run|start|serve|launch|listen_and_serve|main|run_server|main_loop|start_serving)",
        ),
        (
            Role.CREATE,
            rf"{_SERVICE}|{_SERVICE}\.create|{_MAKES}|process_launcher|(?:create|make|build|setup)_app",
        ),
    )
)
"""Roles in the order in which they are asked, each with the shape of its names."""
