"""os-ken, a controller of software-defined networks."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Ending, Framework, Patcher, alike

FRAMEWORK = Framework(
    distributions=("os-ken",),
    create=(
        "os_ken.base.app_manager.AppManager",
        "os_ken.base.app_manager.AppManager.get_instance",
        "os_ken.lib.hub.StreamServer",
        "os_ken.lib.hub.WSGIServer",
    ),
    serve=(
        "os_ken.base.app_manager.AppManager.run_apps",
        "os_ken.base.app_manager.AppManager().run_apps",
        "os_ken.lib.hub.StreamServer().serve_forever",
        "os_ken.lib.hub.WSGIServer().serve_forever",
        # Does not block: hub.joinall() waits.
        "os_ken.base.app_manager.AppManager().instantiate_apps",
    ),
    wait=("os_ken.lib.hub.joinall",),
    returns={
        "os_ken.base.app_manager.AppManager.get_instance()": (
            "os_ken.base.app_manager.AppManager()"
        ),
    },
    endings={
        **alike(
            # source only: hub.spawn catches what the application raises
            Ending(
                blocks=True,
                status="swallowed",
                tells="returns when applications have failed: their tracebacks are only logged",
            ),
            "os_ken.base.app_manager.AppManager*.run_apps",
            "os_ken.lib.hub.joinall",
        ),
        "os_ken.base.app_manager.AppManager().instantiate_apps": Ending(
            blocks=False, status="raises", needs="os_ken.lib.hub.joinall"
        ),
        "os_ken.lib.hub.*Server().serve_forever": SERVES,
    },
    patches={
        "os_ken.lib.hub.patch": Patcher(
            "os, select, socket, subprocess, thread and time of the standard library",
            "eventlet.monkey_patch",
            "eventlet",
        ),
    },
)
