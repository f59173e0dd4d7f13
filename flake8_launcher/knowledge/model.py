"""The shape of what is known of a qualified name.

Names are dotted, and ``()`` stands for the result of a call: ``uvicorn.Server().run`` is the
method ``run`` of an instance of ``uvicorn.Server``, ``asyncio.start_server().serve_forever`` a
method of what ``asyncio.start_server`` returns. ``*`` stands for any run of characters.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple


class Role(enum.Enum):
    """What a call does for a launch."""

    IMPORT = "imports a module"
    PATCH = "replaces objects of other modules"
    BACKEND = "chooses the concurrency backend"
    LOAD = "loads configuration from a file"
    IMPORT_OPTION = "imports a module by name for the options it registers"
    CHECK = "checks who may write a file"
    LOG = "sets logging up"
    CREATE = "creates a service"
    START = "starts to serve, and leaves the waiting to another call"
    SERVE = "serves"
    WAIT = "waits until the service ends"


class Framework(NamedTuple):
    """What the functions of one framework do in a launch.

    :ivar name: the framework, as people call it.
    :ivar create: calls that make a service, a server or a launcher, and do not start it.
    :ivar start: calls that start to serve and do not block, beside others that do: they count as
        the serve call only where no other does.
    :ivar serve: calls that serve: they block for ever, or start what then serves.
    :ivar wait: calls that block until what was started ends.
    :ivar load: calls that load a configuration file.
    :ivar log: calls that set logging up.
    :ivar returns: what a call gives, where its own name does not say it
        (``asyncio.new_event_loop()`` is an ``asyncio.AbstractEventLoop()``).
    :ivar application: whether it is itself a service, whose launchers are reviewed too: what is
        not listed of it is judged by the shape of its name.
    """

    name: str
    create: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    wait: tuple[str, ...] = ()
    load: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    returns: Mapping[str, str] = {}
    application: bool = False
