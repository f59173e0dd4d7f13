"""LS201."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flake8_launcher.knowledge import patchers, roles_of
from flake8_launcher.launch import (
    Held,
    Launcher,
    LaunchPath,
    Moment,
    Patched,
    Role,
    Step,
    has_patching_name,
    shortened,
)
from flake8_launcher.launch.paths import before_patch
from flake8_launcher.launch.questions.circumstances import is_unless_patched
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_WORST = (
    "ssl.SSLContext",
    "ssl.",
    "socket.socket",
    "socket.",
    "threading.local",
    "select",
    "threading.",
    "_thread.",
    "queue.",
)
"""What hurts most when it stays as it was; the last is what hurts least."""


_KEEPS = {
    "reference": "takes {name}",
    "base": "derives {attribute} from {name}",
    "instance": "makes {attribute} with {name}",
}


class LateMonkeyPatch(Rule):
    """Something keeps what a monkey patch is meant to replace.

    ## What it does

    Reports an import that runs before a patch and brings in a module which keeps an object that
    the patch replaces: it imports it by name (`from threading import Lock`), derives a class from
    it, or holds an instance of it. The message names the deepest module that does. A module that
    keeps one itself is reported where it does.

    A plain `import socket` before the patch is fine: the patch changes that module in place.
    Other packages are read where they are installed (`--launcher-python`, `.venv`); for
    well-known ones that are not, a table says what they keep.

    ## Why

    A patch replaces attributes of modules. Who took the object before goes on with the original:
    locks block the whole process instead of one green thread, request ids mix, and
    `ssl.SSLContext` recurses for ever. Nothing tells: eventlet is silent about it, and gevent
    warns of one case alone.

    ## Example

    ```python
    import requests
    from gevent import monkey

    monkey.patch_all()

    from gevent.pywsgi import WSGIServer


    def main():
        requests.get("https://example.org/config")
        WSGIServer(("127.0.0.1", 8080), application).serve_forever()
    ```

    ## Use instead

    Patch first, before any other import, in the launcher or in the `__init__.py` of the package
    that holds the launchers.

    ```python
    from gevent import monkey

    monkey.patch_all()

    import requests
    from gevent.pywsgi import WSGIServer


    def main():
        requests.get("https://example.org/config")
        WSGIServer(("127.0.0.1", 8080), application).serve_forever()
    ```

    ## When to ignore it

    Where what is kept never waits in this process, such as a lock that only a thread of the
    operating system takes, or a class that nothing makes an instance of.

    ## Options

    - `--launcher-python`: an interpreter or virtual environment whose packages are read.

    ## References

    - [eventlet: monkey patching](https://eventlet.readthedocs.io/en/latest/patching.html)
    - [gevent.monkey](https://www.gevent.org/api/gevent.monkey.html)
    - [nova bug 1808951](https://bugs.launchpad.net/nova/+bug/1808951)
    """

    code = "LS201"
    name = "late-monkey-patch"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (696,)
    reads = frozenset({"python"})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each guilty import or statement."""
        for path in launcher.starts:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what is stale after the patches of one path.

    A patch under a condition, in another module and where no name says that it patches, is for
    some special case (`if url.startswith("fake://")`, `if "pytest" in sys.modules`).
    """
    kept: list[Moment] = []
    replaced: set[str] = set()
    reloaded = {
        name
        for step in path.calls
        if step.name in patchers.RELOADERS and step.arguments
        for name in step.arguments[0].names
    }
    for moment in launcher.moments(path, before_patch.patches(path)):
        event = moment.event
        if isinstance(event, Held):
            is_reloaded = not reloaded.isdisjoint(moment.chain[-1:])
            if not moment.perhaps and event.name not in replaced and not is_reloaded:
                kept.append(moment)
            continue
        effect = before_patch.effect(event)
        if effect is None or (moment.perhaps and _is_special(moment, launcher.module)):
            continue
        if replaced and moment.perhaps and _is_unless_patched(path, moment):
            continue
        stale = [one for one in kept if before_patch.is_stale(one, effect)]
        told = [one for one in stale if not _is_told_behind(launcher, one, moment)]
        kept = [one for one in kept if one not in stale]
        for place in dict.fromkeys((one.line, one.column) for one in told):
            several = [one for one in told if (one.line, one.column) == place]
            yield Violation(*place, _text(several, moment))
        replaced |= effect.replaced | effect.deleted | effect.instances


def _is_told_behind(launcher: Launcher, held: Moment, patch: Moment) -> bool:
    """Tell whether one import brings both, and it is for a module behind it to report that."""
    if (held.line, held.column) != (patch.line, patch.column):
        return False
    both = os.path.commonprefix([held.modules, patch.modules])
    return not both or not launcher.standing.is_helper(both[-1])


def _is_unless_patched(path: LaunchPath, moment: Moment) -> bool:
    """Tell whether a patch is there for a process that nothing has patched before."""
    patches = (step for step in path.having(Role.PATCH) if step.line == moment.line)
    return any(map(is_unless_patched, patches))


def _is_special(moment: Moment, module: str) -> bool:
    event, last = moment.event, moment.chain[-1] if moment.chain else module
    if isinstance(event, Step):
        return bool(event.place) and Role.PATCH not in roles_of(last)
    return not f"{module}.".startswith(f"{last}.") and not has_patching_name(last)


def _text(several: list[Moment], patch: Moment) -> str:
    worst = min(several, key=_badness)
    held = worst.event
    assert isinstance(held, Held)
    keeps = _KEEPS[held.kind].format(name=held.name, attribute=held.attribute)
    others = len({one.chain[-1:] for one in several}) - 1
    more = f"; so do {others} more modules" if others > 1 else "; so does another module" * others
    way = f"{shortened(worst.chain, of_imports=True)} " if worst.chain else ""
    return f"{way}{keeps} before {_patch(patch)}, and keeps the original{more}"


def _badness(moment: Moment) -> tuple[int, int]:
    held = moment.event
    assert isinstance(held, Held)
    known = (at for at, name in enumerate(_WORST) if held.name.startswith(name))
    return next(known, len(_WORST)), -len(moment.chain)


def _patch(moment: Moment) -> str:
    if isinstance(moment.event, Step):
        return f"{moment.event.located_way} replaces it"
    assert isinstance(moment.event, Patched)
    way = shortened((*moment.chain, moment.event.name), of_imports=True)
    return f"{way} (l. {moment.line}) replaces it"
