"""LS305."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import canonical, permissions
from flake8_launcher.launch import Argument, Call, Launcher, LaunchPath, Store
from flake8_launcher.launch.questions import origins
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step

_OPEN = "os.open"
_MAKES = "os.O_CREAT"
_AFTER = "every user can write the files that are made from now on"


class LoosePermissions(Rule):
    """The launch makes files that every user of the machine can write.

    ## What it does

    Reports on the launch path:

    - `os.umask(0)`, or another mask that leaves write permission for others, which no later
      `os.umask` replaces; also through python-daemon's `DaemonContext`, whose mask is 0 unless
      `umask=` says otherwise;
    - `os.chmod` and kin with a mode that lets others write, unless the sticky bit is set;
    - a file or folder that is made between `os.umask(0)` and the call that sets the mask back,
      with a mode, or a default mode, that lets others write.

    A mode of `os.mkdir` or `os.open` alone is not reported: the mask is taken off it.

    ## Why

    What the service makes afterwards (PID files, logs, sockets, uploaded data, compiled modules)
    can be changed by anybody who has an account on the machine, or by another service that was
    broken into. The old recipe for daemons has `os.umask(0)` because a daemon should not inherit
    a mask; what it should have is a safe one.

    ## Example

    ```python
    import os
    from wsgiref.simple_server import make_server


    def daemonize():
        if os.fork():
            os._exit(0)
        os.setsid()
        os.umask(0)


    def main():
        daemonize()
        make_server("127.0.0.1", 8000, application).serve_forever()
    ```

    ## Use instead

    Set a mask that takes write permission from others. Where one file needs more, or less, say so
    when it is made: then there is no moment at which it is open to everybody.

    ```python
    import os
    from wsgiref.simple_server import make_server


    def daemonize():
        if os.fork():
            os._exit(0)
        os.setsid()
        os.umask(0o027)


    def write_pid(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with open(os.open(path, flags, 0o644), "w") as file:
            file.write(f"{os.getpid()}\\n")


    def main():
        daemonize()
        server = make_server("127.0.0.1", 8000, application)
        write_pid("/run/orchard/api.pid")
        server.serve_forever()
    ```

    ## When to ignore it

    Where a socket or folder has to be open to all, and something else decides who may use it:
    give that one file its mode instead of the whole process a mask.

    ## References

    - [CVE-2022-38170: airflow's `--daemon` and an insecure
      umask](https://nvd.nist.gov/vuln/detail/CVE-2022-38170)
    """

    code = "LS305"
    name = "loose-permissions"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (732, 276)
    security = 7.0
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that lets others write."""
        yield from once_a_step(told for path in launcher.launches for told in _loose(path))


def _loose(path: LaunchPath) -> Iterator[tuple[Call, str]]:
    """Yield the steps that let others write, and what they do."""
    opened, passed = False, 0
    replaced = _replaced([one for one in path.calls if canonical(one.name) == permissions.UMASK])
    for step in path.calls:
        name = canonical(step.name)
        passed += name == permissions.UMASK
        if step.seen or step.is_imported or step.is_in_tests:
            continue
        if name == permissions.UMASK:
            mask = _mask(step.argument(0, "mask"))
            opened = mask is not None and _lets_write(~mask)
            if opened and not replaced[passed]:
                yield step, f"sets the mask {mask:#o}: {_AFTER}"
        elif name in permissions.DAEMON_CONTEXTS:
            keyword, default = permissions.DAEMON_CONTEXTS[name]
            loose = not _is_assigned(path, step, keyword) and _context(step, keyword, default)
            if loose and not replaced[passed]:
                yield step, loose
        elif name in permissions.CHANGES and not permissions.VENDORED.search(step.place):
            mode = origins.mode(step.argument(*permissions.CHANGES[name]))
            if mode is not None and _lets_write(mode):
                yield step, f"lets everybody write: {_shown(mode)}"
        elif opened and name in permissions.CREATES and replaced[passed]:
            mode = _created(step, name)
            if mode is not None and _lets_write(mode):
                yield step, f"makes what everybody can write, under a mask of 0: {_shown(mode)}"


def _lets_write(mode: int) -> bool:
    """Tell whether a mode lets others write, and delete what others made in a folder."""
    return bool(mode & permissions.OTHERS_WRITE) and not (mode > 0 and mode & permissions.STICKY)


def _shown(mode: int) -> str:
    """Return a mode for messages; one that is added to what a file has is known in part."""
    return f"mode {mode:#o}" if mode & 0o700 else f"mode ... | {mode:#o}"


def _mask(argument: Argument | None) -> int | None:
    """Return a mask that is known."""
    value = argument.literal if argument else None
    return value if isinstance(value, int) else None


def _replaced(masks: Sequence[Call]) -> list[bool]:
    """Tell of what comes before each of some masks whether one from there on is another.

    Or may be: only a loose one is none. A mask that is set for a moment, and set back, replaces
    none. What comes after all of them is replaced by nothing.

    :param masks: the calls that set one, in order.
    """
    told = [False] * (len(masks) + 1)
    back: int | None = None
    for at in range(len(masks) - 1, -1, -1):
        step = masks[at]
        if _restores(step):
            told[at], back = True, at
        elif back is not None and step.use == "assigned":
            told[at] = told[back + 1]
        else:
            mask = _mask(step.argument(0, "mask"))
            told[at] = mask is None or not _lets_write(~mask) or told[at + 1]
    return told


def _restores(step: Call) -> bool:
    """Tell whether a step sets the mask to what an earlier call returned."""
    argument = step.argument(0, "mask")
    return argument is not None and f"{permissions.UMASK}()" in argument.names


def _is_assigned(path: LaunchPath, step: Call, attribute: str) -> bool:
    """Tell whether an attribute of what a call makes is assigned later."""
    names = {f"{name}().{attribute}" for name in step.names}
    later = path.steps[path.steps.index(step) + 1 :]
    return any(isinstance(one, Store) and one.name in names for one in later)


def _context(step: Call, keyword: str, default: int) -> str | None:
    """Return what the mask of an object that detaches the process does, if it is loose."""
    if not step.complete_arguments:
        return None
    given = step.keyword(keyword)
    mask = _mask(given) if given else default
    if mask is None or not _lets_write(~mask):
        return None
    why = "" if given else f", as {keyword}= is not given"
    return f"sets the mask {mask:#o}{why}: {_AFTER}"


def _created(step: Call, name: str) -> int | None:
    """Return the mode of what a step makes, the mask aside, if it makes something."""
    position, keyword, default = permissions.CREATES[name]
    if position < 0:
        opened = step.argument(1, "mode")
        if opened is None or opened.text is None or opened.text in permissions.READS_ONLY:
            return None
        opener = any(one.keyword == "opener" for one in step.arguments)
        first = step.argument(0, "file")
        is_there = first is not None and not permissions.ALREADY_THERE.isdisjoint(first.names)
        return None if opener or is_there else default
    if name == _OPEN and not any(
        _MAKES in one for one in origins.names(step.argument(1, "flags"))
    ):
        return None
    given = step.argument(position, keyword)
    return origins.mode(given) if given else default
