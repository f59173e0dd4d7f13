"""LS101."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, patchers
from flake8_launcher.launch import Launcher, Role, Step
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation


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

    ## Options

    - `--launcher-allowed-patches`: qualified names of patchers that have been audited.

    ## References

    - [eventlet: monkey patching](https://eventlet.readthedocs.io/en/latest/patching.html)
    - [gevent.monkey](https://www.gevent.org/api/gevent.monkey.html)
    """

    code = "LS101"
    name = "monkey-patch"
    since = "0.1.0"
    opt_in = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each patch on the launch path."""
        allowed = {canonical(name) for name in options.allowed_patches}
        for step in launcher.steps(Role.PATCH):
            if allowed.isdisjoint(canonical(name) for name in (*step.chain, step.name)):
                yield Violation(step.line, step.column, _text(step))


def _text(step: Step) -> str:
    patcher = patchers.PATCHERS.get(canonical(step.name))
    if patcher is None:
        return f"{step.name} replaces objects of other modules; its body was not seen"
    return f"{step.name} replaces {_replaced(step, patcher)}"


def _replaced(step: Step, patcher: patchers.Patcher) -> str:
    """Say what a patcher replaces when it is called with a step's arguments."""
    given = [one for one in step.arguments if one.keyword is not None]
    on = [one.keyword for one in given if one.keyword in patcher.keywords and one.literal is True]
    off = [one.keyword for one in given if one.keyword in patcher.keywords and one.literal is False]
    open_ended = any(one.literal is Ellipsis for one in given) or not step.complete_arguments
    if open_ended:
        return f"{patcher.replaces}, or what its arguments name"
    if on and patcher.only_named:
        return f"{', '.join(map(str, on))} of the standard library"
    if off:
        return f"{patcher.replaces}, without {', '.join(map(str, off))}"
    return patcher.replaces
