"""The shape of what is known of a package, and of the names in it.

Names are dotted, and ``()`` stands for the result of a call: ``uvicorn.Server().run`` is the
method ``run`` of an instance of ``uvicorn.Server``, ``asyncio.start_server().serve_forever`` a
method of what ``asyncio.start_server`` returns. ``*`` stands for any run of characters.
"""

# Without annotations as text: to compile each again would take longer than all the rest here.

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from flake8_launcher.knowledge.patching import PatchTable

Known = TypeVar("Known")


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


Status: TypeAlias = Literal["none", "returned", "raises", "exits", "swallowed"]


class Ending(NamedTuple):
    """How one call ends.

    :ivar blocks: whether it returns only when the service ends; none where that is not known.
    :ivar status: what its caller gets when the start fails. Nothing, for nothing can fail in the
        call, or it tries again for ever (``none``); a value, and no exception (``returned``); an
        exception (``raises``); the end of the process (``exits``); or the same as when all went
        well (``swallowed``). None where that is not known.
    :ivar binds: whether the port is bound in this call, so that a taken one ends it in that way.
    :ivar code: the exit status, where the call ends the process or returns one.
    :ivar tells: what the call does when the start fails: a verb and what follows, for messages.
    :ivar attribute: the attribute of its object that tells what the call does not.
    :ivar swallows: exceptions that do not come out of it while it serves: ``KeyboardInterrupt``,
        with which it ends as if asked to, and the ``SystemExit`` of a SIGTERM handler that was set
        before.
    :ivar lingers: whether its threads keep the process alive after such an exception.
    :ivar handles_termination: whether SIGTERM ends it in order, whatever handler was there before.
    :ivar detached: whether the work goes to a thread, a task or a process: its failure does not
        reach the caller.
    :ivar needs: a call that has to follow, or another one that blocks, lest the process ends.
    :ivar respawns: whether what fails is tried again for ever.
    :ivar version: what other versions do.
    :ivar when: how it ends instead where a keyword is true, or a number above one.
    """

    blocks: bool | None
    status: Status | None
    binds: bool = False
    code: int | None = None
    tells: str = ""
    attribute: str | None = None
    swallows: tuple[str, ...] = ()
    lingers: bool = False
    handles_termination: bool | None = False
    detached: bool = False
    needs: str | None = None
    respawns: bool = False
    version: str = ""
    when: "tuple[tuple[str, Ending], ...]" = ()

    @property
    def exit_status(self) -> int | None:
        """The status of a process that ends after this call when the start has failed."""
        if self.status == "exits":
            return self.code
        return {"raises": 1, "returned": 0, "swallowed": 0}.get(self.status or "")


class Signals(NamedTuple):
    """Whether a call that serves sets signal handlers of its own, which fails in a thread.

    :ivar keywords: the parameters of which the first that is given says so.
    :ivar position: where that of the first of them stands, if it may be given by position.
    :ivar otherwise: whether it does so where none of them is given.
    """

    keywords: tuple[str, ...] = ()
    position: int = -1
    otherwise: bool = True


SETS_SIGNALS = Signals()
"""Sets its handlers whatever it is told."""
RELOADER_SETS_SIGNALS = Signals(("use_reloader", "debug"), otherwise=False)
"""Sets them where it is told to reload, as Werkzeug's server does."""

INTERRUPT = ("KeyboardInterrupt",)
"""What most loops end with in order, as if asked to."""
BOTH = ("KeyboardInterrupt", "SystemExit")
"""The same of calls with signal handlers of their own, most of which do not let others run."""

SERVES = Ending(blocks=True, status="none")
"""A loop on what was bound before: it hears of signals as any code does."""
WAITS = SERVES
"""Waits for what serves."""
BINDS = Ending(blocks=True, status="raises", binds=True)
"""Binds and serves."""
RUNS_WERKZEUG = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=1,
    tells="prints a message and exits with status 1",
    swallows=INTERRUPT,
)
"""Runs Werkzeug's server, as what is made on top of it does."""
LISTENS = Ending(blocks=False, status="raises", binds=True)
"""Binds, and leaves the serving to another call."""
CONSUMES = Ending(blocks=True, status="raises")
"""Connects to a broker, and works on what comes from there."""
UNKNOWN = Ending(blocks=True, status=None, handles_termination=None)
"""Blocks; how it ends was not looked at."""
LOST = Ending(
    blocks=False,
    status="swallowed",
    detached=True,
    tells="leaves what fails to a thread that only prints it",
)
"""Runs something elsewhere, whose failure nobody gets."""
FUTURE = Ending(
    blocks=False,
    status="returned",
    detached=True,
    tells="returns an object that keeps the failure until somebody asks it",
)
"""Runs something elsewhere, whose failure its caller can ask for."""

PORT_ERRORS = ("OSError", "OverflowError", "TypeError")
"""What it raises to bind a port: one above 65535 is no :exc:`OSError`."""


class Patcher(NamedTuple):
    """A function that replaces objects of other modules.

    :ivar replaces: what it replaces when called without keywords, for messages.
    :ivar measured: the name that the patch tables know it by, where what it does was measured.
    :ivar model: the way to run things at once that it makes the process ready for: ``eventlet`` or
        ``gevent``.
    """

    replaces: str
    measured: str | None = None
    model: str | None = None

    @property
    def table(self) -> "PatchTable | None":
        """Its keywords and all that it replaces, where that is known."""
        # large, and needed only where something patches
        from flake8_launcher.knowledge.patch_tables import PATCHES

        return PATCHES[self.measured] if self.measured else None


class Framework(NamedTuple):
    """What is known of one top-level package: of the distribution that brings it.

    Every name begins with the package's.

    :ivar distributions: what brings it, as the Python Package Index calls it; nothing for a part
        of the standard library.
    :ivar application: whether it is itself a service, whose launchers are reviewed too: what is
        not listed of it is judged by the shape of its name.
    :ivar create: calls that make a service, a server or a launcher, and do not start it.
    :ivar start: calls that start to serve and do not block, beside others that do: they count as
        the serve call only where no other does.
    :ivar serve: calls that serve: they block for ever, or start what then serves.
    :ivar streams: what a ``for`` loop over goes on for ever: messages come from it.
    :ivar limits: keywords with which a call that serves, or what makes what serves, or a stream,
        has it end by itself: after a time, so many messages, or when there are no more.
    :ivar wait: calls that block until what was started ends.
    :ivar load: calls that load a configuration file.
    :ivar log: calls that set logging up.
    :ivar commands: calls that run a command which they are given by name, and the commands that
        serve.
    :ivar programs: calls that run a program, and are given its words or a line of a shell.
    :ivar spawns: those that do not wait for it: methods of what they give do.
    :ivar returns: what a call gives, where its own name does not say it
        (``asyncio.new_event_loop()`` is an ``asyncio.AbstractEventLoop()``).
    :ivar holds: what an attribute holds that is of another library.
    :ivar endings: how calls end that serve, start or wait; the first name that fits counts.
    :ivar raises: what calls raise, as qualified names of exception types; a type stands for those
        derived from it. A bug in a call's arguments is in it where configuration gives them. A
        call that binds a port, as its ending tells, needs no entry.
    :ivar errors: its exception types, where they are defined, and their bases. Built-in types have
        bare names.
    :ivar aliases: other names of exception types.
    :ivar patches: calls that replace objects of other modules.
    :ivar patches_at_import: whether its import calls gevent's ``patch_all``.
    :ivar backends: calls that choose how the service runs things at once.
    :ivar settles_backend: modules of which the import settles oslo.service's backend.
    :ivar signals: calls that serve and set signal handlers of their own, so that they fail in a
        thread; the first name that fits counts. Each was seen to, or names its source.
    :ivar only_tells: whether it only tells something beside a service: gives figures of it on a
        port, or watches files for it.
    :ivar keys: clients that read their key in the environment when they are made, unless they
        are given one, and the variable.
    """

    distributions: tuple[str, ...] = ()
    application: bool = False
    create: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    limits: Mapping[str, tuple[str, ...]] = {}
    wait: tuple[str, ...] = ()
    load: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    commands: Mapping[str, frozenset[str]] = {}
    programs: tuple[str, ...] = ()
    spawns: tuple[str, ...] = ()
    returns: Mapping[str, str] = {}
    holds: Mapping[str, str] = {}
    endings: Mapping[str, Ending] = {}
    raises: Mapping[str, tuple[str, ...]] = {}
    errors: Mapping[str, tuple[str, ...]] = {}
    aliases: Mapping[str, str] = {}
    patches: Mapping[str, Patcher] = {}
    patches_at_import: bool = False
    backends: tuple[str, ...] = ()
    settles_backend: tuple[str, ...] = ()
    signals: Mapping[str, Signals] = {}
    only_tells: bool = False
    keys: Mapping[str, str] = {}


def alike(known: Known, *names: str) -> dict[str, Known]:
    """Return a mapping that says the same of several names."""
    return dict.fromkeys(names, known)
