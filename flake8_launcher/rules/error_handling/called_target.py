"""LS515."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import Role, callbacks, known_roles_of
from flake8_launcher.launch import Call, Launcher, LaunchPath, Return
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at
from flake8_launcher.semantic.values import (
    Constant,
    Coroutine,
    Mapping,
    Sequence,
    Symbol,
    Value,
    qualified_name,
)


class CalledTarget(Rule):
    """A function is called where it should be handed to a thread or process.

    ## What it does

    Reports a call that starts a thread, a process, a timer, a green thread or a job of an
    executor and is given the result of a call in the place of a function:
    `Thread(target=serve())`.

    Silent where the result may be a function, as that of `make_worker()` may be, and where what
    is called cannot be read.

    ## Why

    Arguments are evaluated first: `serve()` runs in the thread that was meant to start another,
    and what comes after it waits until it returns, which a service never does. Then the result
    is handed on, mostly `None`: a thread whose target is `None` ends at once and says nothing.

    ## Example

    ```python
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer


    def metrics():
        HTTPServer(("", 9090), BaseHTTPRequestHandler).serve_forever()


    def main():
        threading.Thread(target=metrics(), daemon=True).start()
        HTTPServer(("", 8080), BaseHTTPRequestHandler).serve_forever()
    ```

    ## Use instead

    ```python
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer


    def metrics():
        HTTPServer(("", 9090), BaseHTTPRequestHandler).serve_forever()


    def main():
        threading.Thread(target=metrics, daemon=True).start()
        HTTPServer(("", 8080), BaseHTTPRequestHandler).serve_forever()
    ```

    ## When to ignore it

    Where what is called returns the function that is to run: then its name should tell that.

    ## References

    - [threading.Thread](https://docs.python.org/3/library/threading.html#threading.Thread)
    """

    code = "LS515"
    name = "called-target"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that is given the result of a call."""
        yield from (
            at(step, text)
            for path in launcher.own_launches
            for step in path.calls
            if (text := _called(path, step))
        )


def _called(path: LaunchPath, step: Call) -> str:
    """Return what to say of a step that is given the result of a call, or nothing."""
    if step.target is None:
        return ""
    inner = next((one for one in path.steps if one.node is step.target), None)
    if not step.is_reached:
        if inner is None:
            return ""
        return (
            f"{inner.name}() runs here and does not return, so that {step.name} is never reached; "
            "the function itself was meant"
        )
    taker = callbacks.runs_later(step.name)
    target = step.argument(taker.position or 0, taker.keyword) if taker else None
    if target is None or not target.values:
        return ""
    is_served = inner is not None and inner.role is Role.SERVE  # which gives no function
    values = () if is_served else target.values
    if not all(_is_no_function(value) or _is_itself(path, step, value) for value in values):
        return ""
    first = target.values[0]
    name = inner.name if inner is not None else qualified_name(first).removesuffix("()")
    if isinstance(first, Coroutine):
        return f"{step.way} is given a coroutine of {name}, and never runs it: it calls functions"
    return (
        f"{name}() runs here, and {step.way} is given what it returns; the function itself was "
        "meant"
    )


def _is_itself(path: LaunchPath, step: Call, value: Value) -> bool:
    """Tell whether a value is what the function gives that makes the call, and it gives none."""
    if not isinstance(value, Symbol) or value.name != f"{step.chain[-1]}()":
        return False
    return not any(isinstance(one, Return) and one.chain == step.chain for one in path.steps)


def _is_no_function(value: Value) -> bool:
    """Tell whether a value surely cannot be called."""
    if isinstance(value, Symbol):
        # what serves returns nothing, or a coroutine
        name = value.name.removesuffix("()")
        return name != value.name and Role.SERVE in known_roles_of(name)
    return isinstance(value, Constant | Coroutine | Mapping | Sequence)
