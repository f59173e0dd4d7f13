"""What tells others that a service is ready: the manager of services, or a registry of them."""

from __future__ import annotations

import re

from flake8_launcher.knowledge import canonical, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch.model import Call, Step, texts_in

_NOTIFIES = deferred(r"notify(?:_?[a-z]{1,20})?$", re.IGNORECASE)
_SAYS_READY = deferred(
    r"^(?:oslo_service|(?:\w+\.)*openstack\.common)\.systemd\.notify(?:_once)?$"
    r"|^sd_notify\.Notifier\(\)\.ready$"
)
_READY = "READY=1"
_NOTIFY_PROGRAM = "systemd-notify"
_SENDS = deferred(r"^socket\.socket\(\)\.send\w*$")
_CYSYSTEMD = deferred(r"^cysystemd\.(?:\w+\.)?notify$")
_REGISTERS = deferred(
    r"\.agent\.service\.register$|^(?:\w*zeroconf)\..*\.(?:async_)?register_service$"
    r"|^py_eureka_client\..*init(?:_async)?$|^nacos\..*\.add_naming_instance$"
)
"""Calls that tell a registry of services where this one is to be found."""
_REGISTRY_PATHS = ("/agent/service/register", "/eureka/apps/")
_EPHEMERAL = deferred(r"^kazoo\.client\.KazooClient\(\)\.create(?:_async)?$")


def says_ready(step: Step) -> bool:
    """Tell whether a step tells systemd or a registry that the service is ready."""
    if not isinstance(step, Call):
        return False
    told = any(_READY in str(argument.literal) for argument in step.arguments)
    if step.seen:
        return told and _NOTIFIES.search(step.name) is not None
    if _SAYS_READY.search(canonical(step.name)) or _REGISTERS.search(step.name):
        return True
    if _EPHEMERAL.search(step.name):
        return step.keywords.get("ephemeral") is True
    texts = [argument.text for argument in step.arguments if argument.text]
    if any(path in text for text in texts for path in _REGISTRY_PATHS):
        return True
    if canonical(step.name) in known_of(root_of(step.name)).programs:
        words = {word for one in step.arguments for text in texts_in(one) for word in text.split()}
        return _NOTIFY_PROGRAM in words and not words.isdisjoint(("--ready", _READY))
    if _CYSYSTEMD.search(step.name):
        names = (name for argument in step.arguments for name in argument.names)
        return any(name.endswith(".READY") for name in names)
    return told and bool(_NOTIFIES.search(step.name) or _SENDS.search(step.name))
