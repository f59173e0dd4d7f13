"""LS101."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, patchers, roles_of, sources
from flake8_launcher.knowledge.model import Patcher
from flake8_launcher.launch import Call, Launcher, LaunchPath, Role
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, enumerated


class MonkeyPatch(Rule):
    """Objects of other modules are replaced while the service starts.

    ## What it does

    Reports each call on the launch path that replaces objects of other modules at run time, and
    says what it replaces. A call whose name says that it patches (`utils.monkey_patch()`) is
    reported too when its body is not seen.

    ## Why

    After a monkey patch, code does something else than what it says. A review has to know which
    functions are replaced, by what, and who decides it; a patch that nobody has looked at can
    swap a secure function for a weak one.

    ## Example

    ```python
    import eventlet

    eventlet.monkey_patch()

    from eventlet import wsgi


    def main():
        wsgi.server(eventlet.listen(("127.0.0.1", 8080)), application)
    ```

    ## Use instead

    Use a server that needs no patch. Where the patch stays, look at it once and name the patcher
    in `--launcher-allowed-patches`.

    ```python
    import waitress


    def main():
        waitress.serve(application, host="127.0.0.1", port=8080)
    ```

    ## When to ignore it

    Where the patch is meant, runs before everything else and somebody has looked at what it
    replaces: name it in `--launcher-allowed-patches`, so that the next one is still seen.

    ## Options

    - `--launcher-allowed-patches`: qualified names of patchers that have been audited.

    ## References

    - [eventlet: monkey patching](https://eventlet.readthedocs.io/en/latest/patching.html)
    - [gevent.monkey](https://www.gevent.org/api/gevent.monkey.html)
    """

    code = "LS101"
    name = "monkey-patch"
    since = "0.1.0"
    severity = Severity.REVIEW
    weaknesses = ()
    security = 2.0
    reads = frozenset({"allowed_patches"})
    opt_in = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each patch on the launch path."""
        allowed = {canonical(name) for name in options.allowed_patches}
        found: dict[tuple[int, int], list[tuple[LaunchPath, Call]]] = {}
        patches: set[str] = set()
        for path in launcher.paths:
            for step in path.calling(Role.PATCH):
                is_allowed = not allowed.isdisjoint(map(canonical, (*step.chain, step.name)))
                # one patch that several calls lead to is one patch, unless they are made for it
                made = not step.place or Role.PATCH in roles_of(step.chain[step.depth])
                patch = f"{step.line}:{step.column}" if made else f"{step.place} {step.name}"
                if not is_allowed and patch not in patches:
                    patches |= {patch, f"{step.place} {step.name}"}
                    found.setdefault((step.line, step.column), []).append((path, step))
        for (line, column), several in found.items():
            first = min(several, key=lambda one: not patchers.patcher_of(canonical(one[1].name)))
            more = _others(len(several) - 1)
            yield Violation(line, column, _text(*first) + more)


def _text(path: LaunchPath, step: Call) -> str:
    verb = "may replace" if step.place and step.conditional else "replaces"
    patcher = patchers.patcher_of(canonical(step.name))
    if patcher is not None:
        return f"{step.way} {verb} {_replaced(step, patcher)}"
    if not step.seen:
        return (
            f"{step.way} {verb} objects of other modules, as its name says: the function itself "
            "cannot be read here"
        )
    for inner in path.inside(step):
        for argument in inner.given:
            for name in argument.names:
                if source := sources.source_of(name):
                    way = f"{step.way} ({inner.place})" if inner.place else step.way
                    return f"{way} imports and patches what {source} names"
    return f"{step.way} {verb} objects of other modules"


def _others(count: int) -> str:
    """Say how many patches more one call leads to."""
    if not count:
        return ""
    return f"; it leads to {count} more patches" if count > 1 else "; it leads to one more patch"


def _replaced(step: Call, patcher: Patcher) -> str:
    """Say what a patcher replaces when it is called with a step's arguments."""
    table = patcher.table
    given = step.keywords
    known = {name: given[name] for name in given if table and table.knows(name)}
    on = [name for name, value in known.items() if value is True]
    off = [
        name for name, value in known.items() if value is False and name not in patchers.MANNERS
    ]
    computed = [name for name, value in known.items() if not isinstance(value, bool)]
    if table and table.only_named and (on or off):
        certain = {name: name in on for name in known if name not in computed}
        names = table.switched_on(certain) & (table.choices | frozenset(on))
        replaced = f"{enumerated(names) or 'nothing'} of the standard library"
    else:
        replaced = patcher.replaces + (f", but not {enumerated(off)}" if off else "")
    if computed:
        replaced += f"; whether {enumerated(computed)}, too, is decided when it runs"
    elif not step.complete_arguments:
        replaced += ", or what keywords say that cannot be read here"
    return replaced
