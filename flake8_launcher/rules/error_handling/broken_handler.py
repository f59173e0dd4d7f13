"""LS510."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from flake8_launcher.knowledge import connections, exceptions, raises
from flake8_launcher.launch import (
    Blunder,
    Catch,
    Handler,
    Launcher,
    LaunchPath,
    Mishap,
    Standing,
    Step,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_OF_SEVERAL = {
    Mishap.SEVERAL_STATUSES: (
        "the message of {subject} is not filled in: its arguments are printed as they stand, in a "
        "tuple"
    ),
    Mishap.TOO_MANY_STATUSES: (
        "{subject} takes one argument, and raises TypeError in place of this exit"
    ),
}
_EFFECTS = {
    Mishap.MESSAGE_LOST: "{subject} prints an error of logging in place of its message: {detail}",
    Mishap.NOT_FILLED: "{subject} logs {detail} as it stands, for nothing is passed to fill it",
    Mishap.BAD_FORMAT: "its handler fails as well: {detail}",
    Mishap.NOT_DEFINED: "its handler fails with NameError: {subject} is not defined",
    Mishap.NOT_BOUND: "its handler fails as well: {subject} is not bound then",
    Mishap.NO_ATTRIBUTE: (
        "its handler fails with AttributeError: exceptions have no message in Python 3 ({subject})"
    ),
    Mishap.NO_ERRNO: (
        "its handler fails with AttributeError: only an OSError has {subject}, and this is not one"
    ),
    Mishap.NO_ITEM: (
        "its handler fails with TypeError: exceptions have no items in Python 3 ({subject})"
    ),
    Mishap.SHIFTED: "its handler fails with TypeError: {subject} is no statement in Python 3",
    Mishap.NOT_A_TEXT: (
        "its handler fails with TypeError: {subject} is an exception, which is added to a text"
    ),
    **_OF_SEVERAL,
}
_OF_PYTHON_2 = (Mishap.NO_ATTRIBUTE, Mishap.NO_ITEM, Mishap.SHIFTED)
"""What fails in Python 3 alone."""
_EXITS = {
    Mishap.NEVER_EXITS: (
        "{detail} is never called, for {subject} returns None: the process goes on"
    ),
    Mishap.NOT_CALLED: "{subject} is named and not called: the process goes on",
    Mishap.FUNCTION_AS_STATUS: (
        "the function {subject} goes to {detail} without being called: it is printed, and the "
        "status is 1"
    ),
    **_OF_SEVERAL,
}


class BrokenHandler(Rule):
    """A handler fails itself, or does not do what it says.

    ## What it does

    Reports, in handlers on the launch path:

    - a logging call, `%` or `format` whose format and arguments do not agree;
    - a name that nothing defines, or that only the failing call in the `try` binds;
    - `exc.message` and `exc[0]` of an exception that is caught as a built-in type, and
      `print >>file`, all of which Python 3 does not have;
    - `exc.errno` and `exc.strerror` of an exception that cannot be an `OSError`;
    - `"failed: " + exc`, which adds a text and an exception;

    and anywhere in the launcher `print(text) and sys.exit(1)`, `sys.exit` without a call,
    `sys.exit(main)` where `main()` is meant, and `raise SystemExit("failed: %s", error)`, which
    fills nothing.

    ## Why

    Handlers of launch failures run rarely and are tested less. When one fails, the operator sees
    its failure in place of the cause, cleanup is left out, and the status differs from what the
    handler says. `print()` and the methods of loggers return `None`, so nothing behind `and` is
    ever evaluated.

    ## Example

    ```python
    import logging
    import sys
    from wsgiref.simple_server import make_server

    LOG = logging.getLogger(__name__)


    def main():
        try:
            make_server("", 8080, application).serve_forever()
        except OSError as error:
            LOG.error("cannot serve on %s:%s: %s", "*", error)
            sys.exit(1)
    ```

    ## Use instead

    ```python
    import logging
    import sys
    from wsgiref.simple_server import make_server

    LOG = logging.getLogger(__name__)


    def main():
        try:
            make_server("", 8080, application).serve_forever()
        except OSError as error:
            LOG.error("cannot serve on %s:%s: %s", "*", 8080, error)
            sys.exit(1)
    ```

    ## When to ignore it

    Hardly ever: the handler breaks the moment it is needed. Where a name comes from `builtins`
    that something else has filled, define it.

    ## References

    - [logging: an error while a record is
      handled](https://docs.python.org/3/library/logging.html#logging.Handler.handleError)
    """

    code = "LS510"
    name = "broken-handler"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (755,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each statement that does something else than it says."""
        for blunder in launcher.blunders:
            yield Violation(blunder.line, blunder.column, _told(_EXITS, blunder))
        told = {blunder.line for blunder in launcher.blunders}
        for path in launcher.own_launches:
            # of what both tell at one place the first is shown; others know where it is told
            yield from (*_unreached(path, told), *_all_broken(path, launcher.standing))


def _told(effects: dict[Mishap, str], blunder: Blunder) -> str:
    return effects[blunder.mishap].format(subject=blunder.subject, detail=blunder.detail)


def _unreached(path: LaunchPath, told: Collection[int]) -> Iterator[Violation]:
    """Yield the calls that end the process, behind what is never true.

    :param told: the lines of which that is told.
    """
    for step in path.calls:
        if step.is_reached or step.target is not None:
            continue  # or it stands behind what goes on for ever
        if step.place or step.line not in told:
            text = f"{step.way} is never called, for print returns None: the process goes on"
            yield at(step, text)


def _all_broken(path: LaunchPath, standing: Standing) -> Iterator[Violation]:
    for _, step in handling.handlers(path):
        yield from _broken(path, step, standing)


def _broken(path: LaunchPath, step: Catch, standing: Standing) -> Iterator[Violation]:
    handler = step.handler
    if not handler.blunders:
        return
    guarded = path.under(handler.guard)
    launching = handling.launching(guarded) or [one for one in guarded if _opens(one)]
    if not guarded or (step.place and not launching):
        return
    for blunder in handler.blunders:
        if blunder.mishap in _OF_PYTHON_2 and standing.is_of_python_2:
            continue  # there it does what it says
        failing: Step | None = handling.failing(handler, launching or guarded, guarded)
        if blunder.mishap is Mishap.NOT_BOUND:
            failing = _binding(guarded, step, int(blunder.detail))
            if failing is not None and not _catches(handler, failing):
                continue
        if failing is None:
            continue
        text = f"when {failing.located_way} fails, {_told(_EFFECTS, blunder)}"
        if step.place:
            file = step.place.rpartition(":")[0]
            yield at(step, f"{text} ({file}:{blunder.line})")
        else:
            yield Violation(blunder.line, blunder.column, text, (step,))


def _opens(step: Step) -> bool:
    """Tell whether a step opens a file or a connection, or is known to fail for other reasons."""
    return bool(raises.raised_by(step.name)) or handling.connects(step)


def _binding(guarded: Sequence[Step], handler: Step, line: int) -> Step | None:
    """Return the launch step that fails before the name is bound that a handler uses."""
    own = [one for one in guarded if one.chain == handler.chain]
    for step in guarded:
        if step.role not in handling.LAUNCHES and not handling.connects(step):
            continue
        # what stands in the same function as the handler, or is called from there
        outer = next((one for one in own if _leads(one, step)), None)
        if outer is not None and outer.own_line <= line:
            return step
    return None


def _catches(handler: Handler, failing: Step) -> bool:
    """Tell whether a handler catches what a step raises that cannot bind or connect."""
    if not exceptions.BROAD.isdisjoint(handler.foreign):
        return True
    fails = handling.binds(failing) or connections.raises_os_error(failing.name)
    return fails and not exceptions.OF_FILES.isdisjoint(handler.catches)


def _leads(outer: Step, step: Step) -> bool:
    if outer is step:
        return True
    chain = (*outer.chain, outer.name)
    return step.chain[: len(chain)] == chain
