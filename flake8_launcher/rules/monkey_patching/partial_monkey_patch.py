"""LS203."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, patchers
from flake8_launcher.launch import Call, Launcher, LaunchPath, Part, Role
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_WHOLE = {
    "eventlet.monkey_patch": "eventlet",
    "eventlet.patcher.monkey_patch": "eventlet",
    "gevent.monkey.patch_all": "gevent",
    "os_ken.lib.hub.patch": "eventlet",
    "ryu.lib.hub.patch": "eventlet",
}
"""Patchers of the whole standard library, with the library that they belong to."""

_BREAKS = {
    "thread": "locks block the whole process, and green threads share thread locals",
    "select": "who waits in select blocks the whole process",
}


class PartialMonkeyPatch(Rule):
    """The keywords of a patch leave a hole that is known to break.

    ## What it does

    Reports a patch of eventlet or gevent whose keywords leave threads alone, or patch sockets but
    not `select`, or (gevent) signals but not `os`. All patches of the launch path count together;
    a keyword whose value is computed counts as patched.

    ## Why

    With `thread=False`, locks, queues and thread locals of the standard library stay those of
    threads, while everything runs in green threads: a lock that one holds blocks the process, and
    what is local to a thread is shared by all. A green socket that waits in the original `select`
    stops every other green thread.

    ## Example

    ```python
    import eventlet

    eventlet.monkey_patch(thread=False)

    from eventlet import wsgi


    def main():
        wsgi.server(eventlet.listen(("127.0.0.1", 8080)), application)
    ```

    ## Use instead

    ```python
    import eventlet

    eventlet.monkey_patch()

    from eventlet import wsgi


    def main():
        wsgi.server(eventlet.listen(("127.0.0.1", 8080)), application)
    ```

    ## When to ignore it

    Where what is left out is left out on purpose, and no code of the process uses it from
    green threads: a program that has real threads beside its sockets and keeps both apart.

    ## References

    - [OpenStack: eventlet best
      practices](https://specs.openstack.org/openstack/openstack-specs/specs/eventlet-best-practices.html)
    - [gevent.monkey](https://www.gevent.org/api/gevent.monkey.html)
    """

    code = "LS203"
    name = "partial-monkey-patch"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each patch that leaves a hole which no other patch fills."""
        filled: dict[tuple[int, int], bool] = {}
        holes: dict[tuple[int, int], Violation] = {}
        paths = (*launcher.paths, *launcher.patching) if launcher.part is not Part.TEST else ()
        for path in paths:
            for step in path.calling(Role.PATCH):
                place = (step.line, step.column)
                hole = None if step.place else _hole(step, path)
                filled[place] = filled.get(place, False) or hole is None
                if hole:
                    holes.setdefault(place, Violation(*place, hole))
        yield from (hole for place, hole in holes.items() if not filled[place])


def _hole(step: Call, path: LaunchPath) -> str | None:
    """Say what a patch leaves out, if that breaks and nothing else on the path patches it."""
    library = _WHOLE.get(canonical(step.name))
    if library is None:
        return None
    on = frozenset[str]()
    for other in path.calling(Role.PATCH):
        if _WHOLE.get(canonical(other.name)) == library:
            keywords = _perhaps_on(other)
            if keywords is None:
                return None
            on |= keywords
    left = [name for name in ("thread", "select") if name not in on]
    if "socket" in on and left:
        return f"{step.name} patches socket and not {' and '.join(left)}: {_BREAKS[left[0]]}"
    if library == "gevent" and "signal" in on and "os" not in on:
        return f"{step.name} patches signal and not os: the end of child processes goes unnoticed"
    return None


def _perhaps_on(step: Call) -> frozenset[str] | None:
    """Return the keywords that are on in a patch, or may be; none when that is not known."""
    patcher = patchers.patcher_of(canonical(step.name))
    table = patcher.table if patcher else None
    if table is None or not step.has_plain_keywords:
        return None
    if not (table.lenient or all(map(table.knows, step.keywords))):
        return None  # it raises TypeError, and patches nothing
    given = {
        name: value if isinstance(value, bool) else True for name, value in step.keywords.items()
    }
    return table.switched_on(given)
