"""Which concurrency a call chooses, and when that is settled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.patchers import WHEN_IMPORTED

MODELS: Mapping[str, re.Pattern[str]] = {
    "eventlet": deferred(r"eventlet\.(?:patcher\.)?monkey_patch|(?:os_ken|ryu)\.lib\.hub\.patch"),
    "gevent": deferred(r"gevent\.monkey\.patch_(?:all|socket|thread)"),
}
"""The patchers of each way to run things at once."""

THREADING = "threading"

INIT_BACKEND = "oslo_service.backend.init_backend"
BACKEND_HOOK = "oslo_service.backend.register_backend_default_hook"
ALREADY_SELECTED = "BackendAlreadySelected"

SETTLES_BACKEND = frozenset(
    {
        # each calls get_component at its top level; run with oslo.service 4.8.0
        "oslo_messaging",
        "oslo_service.loopingcall",
        "oslo_service.service",
        "oslo_service.threadgroup",
        "oslo_service.wsgi",
    }
)
"""Modules that settle oslo.service's backend, eventlet unless told, when they are imported."""

READ_WHEN_IMPORTED: Mapping[str, str] = {
    # seen in os.environ's look-ups while eventlet 0.41.3, gevent 26.9.0 and locust were imported
    "EVENTLET_DEPRECATED_EAI_NODATA": "eventlet",
    "EVENTLET_NO_GREENDNS": "eventlet",
    "EVENTLET_THREADPOOL_SIZE": "eventlet.tpool",
    "GEVENT_LOOP": "gevent",
    "GEVENT_NOWAITPID": "gevent",
    "GEVENT_PURE_PYTHON": "gevent",
    "LOCUST_SKIP_MONKEY_PATCH": "locust",
}
"""Environment variables, and the module that reads each when it is imported."""

READ_WHEN_PATCHED: Mapping[str, str] = {
    "EVENTLET_HUB": "eventlet",
    "GEVENT_MONKEY_DISABLE_QUEUE_QUEUE": "gevent",
}
"""Environment variables, and the library that reads each when it patches."""


def model_of(patcher: str) -> str | None:
    """Return the way to run things at once that a patcher is part of."""
    return next((model for model, name in MODELS.items() if name.fullmatch(patcher)), None)


def model_of_import(module: str) -> str | None:
    """Return the way to run things at once that the import of a module brings, by patching."""
    return "gevent" if module.partition(".")[0] in WHEN_IMPORTED else None
