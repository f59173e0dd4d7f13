"""LS502."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from itertools import islice

from flake8_launcher.knowledge import canonical, language, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch import Call, Launcher, LaunchPath, Return, Role, Step
from flake8_launcher.launch.paths.endings import ending, is_process
from flake8_launcher.launch.paths.status import dropped_with, status_after, status_of
from flake8_launcher.launch.questions import children, collected, respawning
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_CODE = deferred(r"\b(?:returncode|poll)\b")
"""What tells how a program has ended that somebody has waited for."""
_TAKES_RESULTS = deferred(r"\b(?:result_?callback|standalone_mode)\b")
"""What is told, or gives its caller, what a command returns."""


class DroppedStatus(Rule):
    """A value that says how the service ended is thrown away.

    ## What it does

    Reports a call whose result tells how the service ended and is not used, so that the process
    ends with status 0 whatever it is: the `wait()` of an oslo.service launcher, `run_wsgi()` of
    swift and their kin, also where a function of the project calls them; a function of the
    project that serves and returns a status such as 1 or -1 somewhere, a command of click or
    Typer above all, for these drop it even in `sys.exit(main())`; `join()` of the process
    that serves, where nothing asks its `exitcode`, and `os.waitpid()` of such a child;
    `asyncio.wait()` and `asyncio.gather(*tasks, return_exceptions=True)` where one of the tasks
    serves, also where the results are looked at, which is once all of several endless tasks have
    ended; a server of Daphne, which logs that it cannot listen; and a worker of Celery or a
    manager of honcho whose `exitcode` or `returncode` nothing reads.

    ## Why

    `launcher.wait()` does not raise when `start()` of the service has failed: it logs the failure
    and returns 1. Without `sys.exit()` the process ends with status 0, and a supervisor takes the
    service for one that was stopped on purpose.

    ## Example

    ```python
    from oslo_service import service


    def main():
        launcher = service.launch(CONF, Service())
        launcher.wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_service import service


    def main():
        launcher = service.launch(CONF, Service())
        return launcher.wait()


    if __name__ == "__main__":
        sys.exit(main())
    ```

    ## When to ignore it

    Where nothing looks at the status of the process, and the failure is told in another way
    that somebody watches.

    ## References

    - [oslo.service: usage](https://docs.openstack.org/oslo.service/latest/user/usage.html)
    """

    code = "LS502"
    name = "dropped-status"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (252,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call whose status is dropped."""
        # most calls are of the same modules
        asks_for_code = functools.cache(_CODE.search)
        takes_results = functools.cache(_TAKES_RESULTS.search)
        yield from (
            at(
                call,
                f"{told}, and the process ends with status 0 all the same",
            )
            for path in launcher.own_launches
            for call, told in (*_dropped(launcher, path), *_unasked(launcher, path))
            if status_after(path, call) == 0
            and not (_waits_for_program(call) and any(map(asks_for_code, launcher.texts(call))))
        )
        yield from (
            at(
                step,
                f"{step.chain[-1]} returns {status} to {library}, which drops it, and the process "
                f"ends with status 0 all the same: sys.exit({status}) sets the status",
            )
            for path in launcher.own_launches
            for step, library, status in _of_commands(launcher, path)
            if not any(map(takes_results, launcher.texts(step)))
        )
        yield from (
            at(
                step,
                f"{step.way} {tells}: when {target} fails in its process, this one goes on or "
                "ends with status 0",
            )
            for path in launcher.own_launches
            for step, tells, target in (*islice(children.joined(path), 1), *children.waited(path))
            if not any(map(children.asks_how, launcher.texts(step)))
        )


def _of_commands(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Return, str, int]]:
    """Yield what returns a status to a command line that drops it, its library, and the status."""
    serves = [step for step in path.having(Role.SERVE) if not step.is_imported]
    returned = {(one.own_line, one.chain) for one in path.calls if one.use == "returned"}
    commands: dict[ast.AST | str, str] = {}
    for step in path.steps if serves else ():
        if not isinstance(step, Return) or not (status := _failure(step)):
            continue
        if (step.own_line, step.chain) in returned:
            continue  # it is returned from there
        for level in range(len(step.chain), 0, -1):
            runner = step.sites[level - 2].node if level > 1 else step.chain[0]
            if runner not in commands:
                commands[runner] = _command_at(launcher, path, runner)
            if library := commands[runner]:
                chain = step.chain[:level]
                if any(one.chain[:level] == chain for one in serves):
                    yield step, library, status
                break
            if level < 2 or step.uses[level - 2] != "returned":
                break


def _command_at(launcher: Launcher, path: LaunchPath, runner: ast.AST | str) -> str:
    """Return the library of the command line that runs a function.

    :param runner: the call that does, or the name of the function where it is the entry function.
    """
    if not isinstance(runner, str):
        return next((one.command for one in path.calls if one.node is runner), "")
    if any(runner in one.chain[1:] for other in launcher.own_launches for one in other.calls):
        return ""  # another path tells how it is called
    returns = (one for one in path.steps if isinstance(one, Return) and len(one.chain) == 1)
    return next((one.command for one in returns), "")


def _failure(step: Return) -> int:
    """Return the status of a failure that is returned, or 0."""
    literal = step.value.literal
    return literal if type(literal) is int and -128 <= literal < 256 else 0


def _dropped(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Call, str]]:
    """Yield the calls whose result is dropped, and what the message says of it."""
    backends = respawning.backends(path)
    respawns = respawning.respawns(launcher, path, backends)
    others = collected.Others(path)
    for step in path.calls:
        if step.is_imported or any(arm.kind == "candidate" for arm in step.arms):
            continue
        known = ending_of(step.name)
        if known and known.status == "returned" and known.code is not None:
            call = dropped_with(path, step)
            if call is None or call.is_told_there:
                continue
            if not (respawns and canonical(step.name).startswith(respawns)):
                mode = respawning.mode(launcher, path, step, backends)
                yield call, f"{_way(call, step)} {known.tells}{mode}"
        elif step.role is Role.SERVE and _is_program(step):
            if call := dropped_with(path, step):
                what = "returns the status of the program, which is dropped"
                yield call, f"{_way(call, step)} {what}"
        elif kept := collected.dropping(path, step, others):
            yield kept
        elif step.use == "dropped" and (lost := _lost(step)):
            yield step, f"{step.way} {lost.tells}"
        elif step.seen and not (step.place or step.command) and _is_dropped(path, step):
            returned = _status_returned(path, step)
            if returned is not None:
                line = f" (l. {returned.line})" if not returned.place else f" ({returned.place})"
                status = status_of(returned.value)
                yield step, f"{step.name} may return {status}{line}, which is dropped"


def _is_program(step: Call) -> bool:
    """Tell whether a call runs a program, and returns the status with which that ended."""
    known = ending(step)
    is_returned = known is not None and known.status == "returned"
    is_run = canonical(step.name) in known_of(root_of(step.name)).programs
    return is_returned and (is_run or _waits_for_program(step))


def _waits_for_program(step: Call) -> bool:
    """Tell whether a call waits for a program that another call has started."""
    starter = canonical(step.name).removesuffix("().wait")
    return starter in known_of(root_of(step.name)).spawns


def _lost(step: Call) -> Ending | None:
    """Return how a call ends that binds the port and returns as if all were well."""
    known = map(ending_of, step.names)
    return next((one for one in known if one and one.status == "swallowed" and one.binds), None)


def _unasked(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Call, str]]:
    """Yield the calls whose object keeps the status, which nobody asks it for."""
    for step in path.having(Role.SERVE):
        known = ending(step)
        if not isinstance(step, Call) or known is None or known.status != "swallowed":
            continue
        attribute = known.attribute
        if not attribute or step.use != "dropped" or is_process(step):
            continue
        if not any(attribute in text for text in launcher.texts(step)):
            yield step, f"{step.way} {known.tells}; its {attribute} is dropped"


def _is_dropped(path: LaunchPath, step: Call) -> bool:
    """Tell whether the result of a call is dropped there, or by what runs it as a coroutine."""
    if step.use in language.RUNS_COROUTINES:
        return dropped_with(path, step) is not None
    return step.use == "dropped"


def _way(call: Step, step: Step) -> str:
    return step.way if call is step or step.place else f"{call.name} -> {step.way}"


def _status_returned(path: LaunchPath, call: Call) -> Return | None:
    """Return the step that returns a status other than 0 from a function that serves."""
    found: Return | None = None
    serves = False
    level = len(call.chain)
    for step in path.inside(call):
        serves = serves or step.role is Role.SERVE
        handed_up = all(use == "returned" for use in step.uses[level:])
        if isinstance(step, Return) and handed_up and found is None and _failure(step):
            found = step
    return found if serves else None
