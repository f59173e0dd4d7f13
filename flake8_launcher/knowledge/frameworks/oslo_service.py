"""oslo.service, which starts the services of OpenStack."""

from __future__ import annotations

from flake8_launcher.knowledge.model import FUTURE, LISTENS, LOST, WAITS, Ending, Framework, alike

_LAUNCH = Ending(
    blocks=False,
    status="none",
    needs="oslo_service.service.launch().wait",
    when=(
        # oslo.service 4.4.0 and later, and with the threading backend only
        (
            "no_fork",
            Ending(
                blocks=None,
                status=None,
                handles_termination=True,
                needs="oslo_service.service.launch().wait",
            ),
        ),
    ),
)
_LAUNCHER_WAIT = Ending(
    blocks=True,
    status="returned",
    code=1,
    tells="returns 1 and does not raise when start() of the service has failed",
    swallows=("SystemExit",),
    handles_termination=True,
    version=(
        "with more than one worker, and with the threading backend, the failed worker is started "
        "again for ever; what wait() of the service raises is swallowed, and None returned"
    ),
)

FRAMEWORK = Framework(
    distributions=("oslo.service",),
    create=(
        "oslo_service.service.Launcher",
        "oslo_service.service.ProcessLauncher",
        "oslo_service.service.ServiceLauncher",
        "oslo_service.service.Service",
        "oslo_service.service.Services",
        "oslo_service.wsgi.Server",
    ),
    serve=(
        # Only launch(no_fork=True) blocks.
        "oslo_service.service.launch",
        "oslo_service.service.Launcher().launch_service",
        "oslo_service.service.ProcessLauncher().launch_service",
        "oslo_service.service.ServiceLauncher().launch_service",
        "oslo_service.service.launch().launch_service",
        "oslo_service.wsgi.Server().start",
    ),
    wait=(
        "oslo_service.service.Launcher().wait",
        "oslo_service.service.ProcessLauncher().wait",
        "oslo_service.service.ServiceLauncher().wait",
        "oslo_service.service.launch().wait",
        "oslo_service.wsgi.Server().wait",
    ),
    load=("oslo_service.wsgi.Loader().load_app",),
    endings={
        **alike(
            _LAUNCH,
            "oslo_service.service.launch",
            "oslo_service.service.Launcher().launch_service",
            "oslo_service.service.ServiceLauncher().launch_service",
            "oslo_service.service.launch().launch_service",
        ),
        "oslo_service.service.ProcessLauncher().launch_service": _LAUNCH._replace(
            needs="oslo_service.service.ProcessLauncher().wait"
        ),
        **alike(
            _LAUNCHER_WAIT,
            "oslo_service.service.ServiceLauncher().wait",
            "oslo_service.service.launch().wait",
        ),
        "oslo_service.service.ProcessLauncher().wait": Ending(
            blocks=True,
            status="none",
            swallows=("SystemExit",),
            handles_termination=True,
            respawns=True,
            tells="starts the failed worker again for ever",
        ),
        # has no signal handlers: the SystemExit of a service's thread comes out
        "oslo_service.service.Launcher().wait": Ending(
            blocks=True, status="exits", code=1, tells="exits with status 1"
        ),
        "oslo_service.wsgi.Server": LISTENS,
        "oslo_service.wsgi.Server().start": Ending(
            blocks=False,
            status="none",
            needs="oslo_service.wsgi.Server().wait",
            version="raises UnsupportedBackendError with the threading backend since 4.4.0",
        ),
        "oslo_service.wsgi.Server().wait": WAITS,
        "oslo_service.threadgroup.ThreadGroup().add_thread": LOST,
        "oslo_service.loopingcall.*LoopingCall().start": FUTURE,
    },
    raises={
        "oslo_service.backend.init_backend": (
            "oslo_service.backend.exceptions.BackendAlreadySelected",
            "ValueError",
            "ImportError",
        ),
        **alike(
            (
                "TypeError",
                "ValueError",
                "oslo_service.eventlet_backdoor.EventletBackdoorConfigValueError",
                # of the backdoor
                "OSError",
                "RuntimeError",
            ),
            "oslo_service.service.launch",
            "oslo_service.service.*Launcher().launch_service",
        ),
        "oslo_service.wsgi.Loader": ("oslo_service.wsgi.ConfigNotFound",),
    },
    errors={
        **alike(
            ("Exception",),
            "oslo_service.backend.exceptions.BackendAlreadySelected",
            "oslo_service.backend.exceptions.BackendComponentNotAvailable",
            "oslo_service.backend.exceptions.UnsupportedBackendError",
            "oslo_service.eventlet_backdoor.EventletBackdoorConfigValueError",
            "oslo_service.wsgi.ConfigNotFound",
            "oslo_service.wsgi.InvalidInput",
            "oslo_service.wsgi.PasteAppNotFound",
        ),
        "oslo_service.backend._common.service.SignalExit": ("SystemExit",),
    },
    aliases={
        "oslo_service.service.SignalExit": "oslo_service.backend._common.service.SignalExit",
        "oslo_service.wsgi.UnsupportedBackendError": (
            "oslo_service.backend.exceptions.UnsupportedBackendError"
        ),
    },
    backends=(
        "oslo_service.backend.init_backend",
        "oslo_service.backend.register_backend_default_hook",
    ),
    settles_backend=(
        # each calls get_component at its top level; run with oslo.service 4.8.0
        "oslo_service.loopingcall",
        "oslo_service.service",
        "oslo_service.threadgroup",
        "oslo_service.wsgi",
    ),
)
