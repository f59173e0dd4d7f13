"""Which concurrency a call chooses, and when that is settled."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.patchers import patcher_of, patches_at_import
from flake8_launcher.knowledge.table import root_of

MODELS = ("threading", "eventlet", "gevent")
"""The ways to run things at once, as oslo.service calls them and the patchers do."""

GREEN = frozenset({"eventlet", "gevent"})
"""Those that switch between greenlets, each with a hub of its own."""

INIT_BACKEND = "oslo_service.backend.init_backend"
BACKEND_HOOK = "oslo_service.backend.register_backend_default_hook"
ALREADY_SELECTED = "BackendAlreadySelected"

READ_WHEN_IMPORTED: Mapping[str, str] = {
    # seen in os.environ's look-ups while eventlet 0.41.3, gevent 26.9.0 and locust were imported;
    # gevent looks there for GEVENT_LOOP and GEVENT_RESOLVER, too, and asks again for the first hub
    "EVENTLET_DEPRECATED_EAI_NODATA": "eventlet",
    "EVENTLET_NO_GREENDNS": "eventlet",
    "EVENTLET_THREADPOOL_SIZE": "eventlet.tpool",
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
    known = patcher_of(patcher)
    return known.model if known else None


def model_of_import(module: str) -> str | None:
    """Return the way to run things at once that the import of a module brings, by patching."""
    return "gevent" if patches_at_import(module) else None


def settles_backend(module: str) -> bool:
    """Tell whether a module settles oslo.service's backend, eventlet unless told, at import."""
    return module in known_of(root_of(module)).settles_backend
