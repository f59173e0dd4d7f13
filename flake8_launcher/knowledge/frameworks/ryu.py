"""Ryu, a controller of software-defined networks."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Ending, Framework, Patcher, alike

FRAMEWORK = Framework(
    distributions=("ryu",),
    create=(
        "ryu.base.app_manager.AppManager",
        "ryu.base.app_manager.AppManager.get_instance",
        "ryu.lib.hub.StreamServer",
        "ryu.lib.hub.WSGIServer",
    ),
    serve=(
        "ryu.base.app_manager.AppManager.run_apps",
        "ryu.base.app_manager.AppManager().run_apps",
        "ryu.cmd.manager.main",
        "ryu.lib.hub.StreamServer().serve_forever",
        "ryu.lib.hub.WSGIServer().serve_forever",
        # Does not block: hub.joinall() waits.
        "ryu.base.app_manager.AppManager().instantiate_apps",
    ),
    wait=("ryu.lib.hub.joinall",),
    returns={
        "ryu.base.app_manager.AppManager.get_instance()": "ryu.base.app_manager.AppManager()",
    },
    endings={
        **alike(
            # source only: hub.spawn catches what the application raises
            Ending(
                blocks=True,
                status="swallowed",
                tells="returns when applications have failed: their tracebacks are only logged",
            ),
            "ryu.base.app_manager.AppManager*.run_apps",
            "ryu.lib.hub.joinall",
        ),
        "ryu.base.app_manager.AppManager().instantiate_apps": Ending(
            blocks=False, status="raises", needs="ryu.lib.hub.joinall"
        ),
        "ryu.lib.hub.*Server().serve_forever": SERVES,
    },
    patches={
        "ryu.lib.hub.patch": Patcher(
            "os, select, socket, subprocess, thread and time of the standard library",
            "eventlet.monkey_patch",
            "eventlet",
        ),
    },
)
