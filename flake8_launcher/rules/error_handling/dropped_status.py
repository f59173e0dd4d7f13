"""LS502."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from flake8_launcher.knowledge import canonical, known_roles_of, language, root_of
from flake8_launcher.knowledge import options as known_options
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch import (
    Argument,
    Await,
    Call,
    Launcher,
    LaunchPath,
    Loop,
    Return,
    Role,
    Step,
)
from flake8_launcher.launch.model import exclude
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.paths.endings import (
    Detached,
    detached,
    detached_loops,
    ending,
    given,
    handed_on,
    is_process,
)
from flake8_launcher.launch.paths.status import dropped_with, fails, status_after, status_of
from flake8_launcher.launch.questions import watching
from flake8_launcher.launch.questions.option_names import default_of, option_name
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_OSLO = "oslo_service."
_LAUNCH = "oslo_service.service.launch"
_EVENTLET = "BackendType.EVENTLET"
_THREADING = "BackendType.THREADING"
_STATUS = "exitcode"
_ASKS = deferred(
    rf"\b(?:{_STATUS}|sentinel|waitstatus_to_exitcode|WEXITSTATUS|WIFEXITED|SIGCHLD"
    r"|active_children(?!\(\):\s+\w+\.(?:terminate|kill)\(\)))\b"
)
"""What tells how a process does or has ended."""
_CODE = deferred(r"\b(?:returncode|poll)\b")
"""What tells how a program has ended that somebody has waited for."""
_IS_ALIVE = ".is_alive"
_MAX_JOINS = 64
"""Of how many calls that wait for a process, the last, it is asked what runs there."""
_IS_THERE = deferred(r"(?:el)?if [\w.\[\]]+(?: is not None|\.is_alive\(\))?")
"""A condition that asks whether there is a process."""
_COLLECTS = ("asyncio.gather", "asyncio.wait", "concurrent.futures.wait")
"""What waits for several tasks, and may return their failures."""
_RESULTS = ("result", "exception", "add_done_callback")
_CANCELS = ".cancel"
_FORGETS = ("discard", "remove")


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
    serves; a server of Daphne, which logs that it cannot listen; and a worker of Celery or a
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
            for step, tells, target in (*islice(_joined(path), 1), *_waited(path))
            if not any(map(_ASKS.search, launcher.texts(step)))
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
    backends = _backends(path)
    respawns = _respawns(launcher, path, backends)
    others = _Others(path)
    for step in path.calls:
        if step.is_imported or any(arm.kind == "candidate" for arm in step.arms):
            continue
        known = ending_of(step.name)
        if known and known.status == "returned" and known.code is not None:
            call = dropped_with(path, step)
            if call is None or call.is_told_there:
                continue
            if not (respawns and canonical(step.name).startswith(respawns)):
                mode = _mode(launcher, path, step, backends)
                yield call, f"{_way(call, step)} {known.tells}{mode}"
        elif step.role is Role.SERVE and step.use == "dropped" and _is_program(step):
            yield step, f"{step.way} returns the status of the program, which is dropped"
        elif kept := _kept(path, step, others):
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


class _Others:
    """What other threads and tasks of a path take, for the waits behind that.

    :param path: the launch path.
    """

    def __init__(self, path: LaunchPath) -> None:
        self._path = path

    def before(self, at: int, names: Collection[str], loops: bool) -> Iterator[Detached]:
        """Yield what serves, and then the loops, that are taken and stand before a place.

        :param names: the objects that are asked for, of which one stands for what is taken.
        :param loops: whether loops count.
        """
        for taken in (self._serves, self._loops) if loops else (self._serves,):
            for name in names:
                for one in taken.get(name, ()):
                    if self.places[id(one.call)] < at > self.places[id(one.serve)]:
                        yield one

    @functools.cached_property
    def places(self) -> dict[int, int]:
        """The place of each step, by its id."""
        return {id(step): at for at, step in enumerate(self._path.steps)}

    @functools.cached_property
    def first_cancel(self) -> int:
        """The place of the first step that tells a task to end; none such is behind all."""
        ends = (at for at, one in enumerate(self._path.steps) if one.name.endswith(_CANCELS))
        return next(ends, len(self._path.steps))

    @functools.cached_property
    def _serves(self) -> dict[str, list[Detached]]:
        return _by_object(detached(self._path.steps))

    @functools.cached_property
    def _loops(self) -> dict[str, list[Detached]]:
        return _by_object(filter(watching.may_end, detached_loops(self._path.steps)))


def _by_object(taken: Iterable[Detached]) -> dict[str, list[Detached]]:
    found: dict[str, list[Detached]] = {}
    for one in taken:
        found.setdefault(f"{one.taker}()", []).append(one)
    return found


def _kept(path: LaunchPath, step: Call, others: _Others) -> tuple[Call, str] | None:
    """Return a wait for tasks that drops how they ended, where one of them serves."""
    known = ending(step) if canonical(step.name) in _COLLECTS else None
    if known is None or known.status != "returned":
        return None
    call = dropped_with(path, step)
    if call is None and (step.use != "assigned" or _is_asked(path, step.name, step)):
        return None
    at = others.places[id(step)]
    is_told_to_end = others.first_cancel < at
    serves = list(others.before(at, dict.fromkeys(given(step)), loops=not is_told_to_end))
    if any(_is_asked(path, taker, step) for taker in {one.taker for one in serves}):
        return None
    found = [one.serve for one in serves]
    handed = tuple(handed_on(path.steps, at))
    found += [one for one in handed if _serves(one)]
    found += [] if is_told_to_end else islice(_loops(step, handed), 1)
    if not found:
        return None
    return (call or step, f"{step.way} {known.tells}: nothing looks how {found[0].way} ended")


def _loops(call: Call, handed: tuple[Step, ...]) -> Iterator[Loop]:
    """Yield the endless loops that may fail among the steps of what a call is given."""
    for step in handed:
        if isinstance(step, Loop) and step.is_endless:
            if watching.may_end(Detached(call.name, call, step, handed)):
                yield step


def _serves(step: Step) -> bool:
    return step.role is Role.SERVE and Role.SERVE in known_roles_of(step.name)


def _is_asked(path: LaunchPath, call: str, but: Step) -> bool:
    """Tell whether something asks, awaits or is given what a call gives, beside one step."""
    given_by = f"{call}()"
    for step in path.steps:
        method = step.name.rpartition(".")[2]
        if step.node is but.node or step.name in language.BUILTINS:
            continue
        if step.name.startswith(given_by) and (isinstance(step, Await) or method in _RESULTS):
            return True
        if isinstance(step, Call) and method not in (*language.GROWS, *_FORGETS):
            if any(name.startswith(given_by) for name in given(step)):
                return True
    return False


def _joined(path: LaunchPath) -> Iterator[tuple[Step, str, str]]:
    """Yield the calls that wait for a process which serves, what they do, and what runs in it."""
    joins = [*filter(_joins, path.steps)][-_MAX_JOINS:]
    if not joins:
        return
    at = {id(step): index for index, step in enumerate(path.steps)}
    handed = (*detached(path.steps, known=False), *detached_loops(path.steps))
    processes = [one for one in handed if is_process(one.call)]
    for step in joins:
        targets = [
            one
            for one in processes
            if at[id(one.call)] < at[id(step)] and not exclude(step, one.call)
            if all(inner is not step for inner in one.inside)
        ]
        if not targets or _may_be_skipped(step, targets[0].call):
            continue
        inside = {id(inner) for one in targets for inner in (one.call, *one.inside)}
        others = [one for one in path.steps if id(one) not in inside and not exclude(step, one)]
        if any(_serves_too(others, one) for one in others):
            continue
        if _starts_again(others, step):
            continue
        if not any(map(fails, others[others.index(step) :])):
            yield step, "returns None, whatever exitcode says", _target(targets[0])


def _joins(step: Step) -> bool:
    """Tell whether a step waits for a process, and asks nothing."""
    known = ending_of(step.name)
    if known is None or not known.blocks or known.attribute != _STATUS:
        return False
    return isinstance(step, Call) and step.use == "dropped" and not step.is_imported


def _starts_again(steps: Sequence[Step], join: Step) -> bool:
    """Tell whether the main thread asks in a loop whether processes run: it may start others."""
    asks = [one for one in steps if one.name.endswith(_IS_ALIVE)]
    return any(arm.kind == "endless" for one in (*asks, join) for arm in one.arms) and bool(asks)


def _waited(path: LaunchPath) -> Iterator[tuple[Step, str, str]]:
    """Yield the calls that wait for the child which serves, and drop its status."""
    forks = [step for step in path.steps if step.name == "os.fork"]
    for step in path.calls if len(forks) == 1 else ():
        if step.name not in ("os.wait", "os.waitpid") or step.use != "dropped":
            continue
        if step.is_imported or any(arm.kind == "endless" for arm in step.arms):
            continue
        at = path.steps.index(step)
        child = path.steps[path.steps.index(forks[0]) : at]
        serve = next((one for one in child if one.role is Role.SERVE and one.conditional), None)
        after = (one for one in path.steps[at:] if not exclude(step, one))
        if serve is not None and not any(map(fails, after)):
            yield step, "returns the status of the child, which is dropped", serve.name


def _may_be_skipped(step: Step, start: Step) -> bool:
    """Tell whether a wait may be skipped where the process is, that another step starts."""
    met = {(one.fork, one.number) for one in conditions(start)}
    told = {
        one.kind
        for one in conditions(step)
        if (one.fork, one.number) not in met and not _IS_THERE.fullmatch(one.text)
    }
    return not told <= {"loop"} or any(arm.kind == "except" for arm in step.arms)


def _serves_too(steps: Sequence[Step], one: Step) -> bool:
    """Tell whether a step serves in this process, and not only in place of the rest of it."""
    if one.role is not Role.SERVE or not isinstance(one, Call):
        return False
    if not one.conditional:
        return True
    later = (step for step in steps[steps.index(one) + 1 :] if step.arms == one.arms)
    return one.use != "returned" and not any(isinstance(step, Return) for step in later)


def _target(one: Detached) -> str:
    """Return the name of what a process runs."""
    chain = one.serve.chain[len(one.call.chain) :]
    return chain[0] if chain else one.serve.name


def _is_dropped(path: LaunchPath, step: Call) -> bool:
    """Tell whether the result of a call is dropped there, or by what runs it as a coroutine."""
    if step.use in language.RUNS_COROUTINES:
        return dropped_with(path, step) is not None
    return step.use == "dropped"


def _way(call: Step, step: Step) -> str:
    return step.way if call is step or step.place else f"{call.name} -> {step.way}"


def _backends(path: LaunchPath) -> str:
    """Return the backends of oslo.service that are chosen."""
    arguments = (one for choice in path.calling(Role.BACKEND) for one in choice.arguments)
    return " ".join(name for argument in arguments for name in argument.names)


def _mode(launcher: Launcher, path: LaunchPath, step: Step, backends: str) -> str:
    """Say which backend the launcher must have, and how many workers, where there is a choice."""
    if not canonical(step.name).startswith(_OSLO):
        return ""
    named = (_option(workers) for workers in _workers(path))
    registry, module = launcher.options.registry, launcher.module
    option = next((option_name(registry, one, module) for one in named if one), None)
    modes = ["eventlet backend"] if _THREADING in backends else []
    modes += [f"one worker, as {option} has it by default"] if option else []
    return f" ({', '.join(modes)})" if modes else ""


def _respawns(launcher: Launcher, path: LaunchPath, backends: str) -> str:
    """Return what the names of the calls begin with that may start again for ever what has failed.

    :returns: empty where none does.
    """
    if _THREADING in backends and _EVENTLET not in backends:
        return _OSLO
    is_one = all(_is_one(launcher, workers) for workers in _workers(path))
    return "" if is_one else f"{_LAUNCH}()"


def _workers(path: LaunchPath) -> Iterator[Argument]:
    """Yield the numbers of workers that services are launched with."""
    for launch in path.calls:
        workers = launch.argument(2, "workers") if canonical(launch.name) == _LAUNCH else None
        if workers is not None:
            yield workers


def _is_one(launcher: Launcher, workers: Argument) -> bool:
    """Tell whether a number of workers is one, if only by the default of an option."""
    number = workers.literal
    if parts := _option(workers):
        number = default_of(launcher.options.registry, parts, launcher.module)
    return number in (None, 1)


def _option(workers: Argument) -> tuple[str, ...]:
    """Return the parts of the name of the option that gives a number of workers, if one does."""
    is_known = workers.literal is not ... or len(workers.values) != 1 or len(workers.names) != 1
    return () if is_known else known_options.read(canonical(workers.names[0]))


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
