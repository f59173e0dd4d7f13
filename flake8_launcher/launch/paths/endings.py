"""What the steps of a launch path do to the thread that takes them: block, or hand work on."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from flake8_launcher.knowledge import (
    Role,
    canonical,
    is_project,
    known_roles_of,
    language,
    root_of,
)
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.launch.model import Await, Call, Loop, Step, Store
from flake8_launcher.semantic.values import Sequence as Listed
from flake8_launcher.semantic.values import Symbol, Value, qualified_name

THREADS = frozenset({"threading.Thread", "threading.Timer"})
"""Classes that are given the function which a thread runs."""
PROCESSES = frozenset(
    {
        "multiprocessing.Process",
        "multiprocessing.context.Process",
        "multiprocessing.get_context().Process",
    }
)
_TAKERS = THREADS | PROCESSES
_THREADED = deferred(
    r"^threading\.(?:Thread|Timer)$|^threading\.(?:Thread|Timer)\(\)\.start$"
    r"|^_thread\.start_new_thread$|ThreadPoolExecutor\(\)\.submit$|\.ThreadPool\(\)\.\w+$"
    r"|^asyncio\.to_thread$|^asyncio\.AbstractEventLoop\(\)\.run_in_executor$"
    r"|^(?:anyio|trio)\.to_thread\.run_sync$|\.(?:callInThread|deferToThread)$"
)
_GATHERS = deferred(
    r"(?:create_task_group|open_nursery)\(\)\.start(?:_soon)?$|\.TaskGroup\(\)\.create_task$"
    r"|Executor\(\)\.(?:map|submit)$|Pool\(\)\.(?:apply|imap\w*|map|starmap)$"
)
"""Calls that hand a function to threads or tasks which something waits for without being told."""
_WAITS = deferred(
    r"(?:^|[._])(?:wait\w*|join\w*|run\w*|serve\w*|\w*loop\w*|sleep|pause|sig(?:timed)?wait\w*"
    r"|block\w*|idle|get|recv\w*|accept|select|input|raw_input|communicate|poll|read\w*|forever"
    r"|main|mainloop|acquire|listen\w*|consume\w*|call|check_call|check_output|system|exec\w*"
    r"|interact|spin|watch|result|as_completed|react)$"
)
_LASTS = deferred(
    r"(?:^|[._])(?:block|forever|input|join|join_all|joinall|loop|mainloop|pause|sigtimedwait"
    r"|sigwait|sigwaitinfo|sleep|spin|wait|wait_closed|wait_for_termination|waitall|waitpid)$"
)
"""Names of what does nothing but wait."""
_GETS = (".get", ".getboolean", ".getfloat", ".getint")
_TEXTS = ("os.path.", "str().")
"""What joins texts, and no threads."""
_MAX_BACK = 1_000
"""So many steps are looked at for the call that has made a coroutine."""
_EVENT_LOOP = "asyncio.AbstractEventLoop()"
_EVENT_LOOPS = (f"{_EVENT_LOOP}.run_forever", "tornado.ioloop.IOLoop().start")
_HARMLESS = deferred(
    r"(?:^|\.)(?:debug|info|warning|warn|error|exception|critical|log|print|getLogger|echo"
    r"|(?:get|new|set|current)_(?:\w+_)?loop)$|^(?:os\.environ|platform)\."
)


def ending(step: Step) -> Ending | None:
    """Return how the call of a step ends, or none where nothing is known of it."""
    if not isinstance(step, Call):
        return None
    keywords = {key: None if value is ... else value for key, value in step.keywords.items()}
    for name in step.names:
        known = ending_of(name, keywords)
        if known is not None:
            return known
    return None


def is_event_loop(step: Step) -> bool:
    """Tell whether a step runs an event loop, which may end and be run again."""
    return canonical(step.name) in _EVENT_LOOPS


def taker(call: Call) -> str:
    """Return by what name a call gives its work to a thread, a task or a process, if it does."""
    for name in call.names:
        known = ending_as(call, name)
        if (known is not None and known.detached) or _is_taker(name):
            return name
    return ""


def _is_taker(name: str) -> bool:
    """Tell whether a call makes a thread or process, also of a class of one's own."""
    return canonical(name).removesuffix("().__init__") in _TAKERS


def ending_as(call: Call, name: str) -> Ending | None:
    """Return how a call ends as what goes by one of its names."""
    known = ending_of(name)
    return ending(call) if known is not None and known.when else known


def _is_lost(call: Call) -> bool:
    """Tell whether what a call hands on fails where no handler around the call hears of it."""
    for name in call.names:
        known = ending_as(call, name)
        if _is_taker(name):
            return True
        if known is not None and known.detached:
            if known.status == "raises":
                return False
            return known.status == "swallowed" or call.use == "dropped"
    return False


def marked(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return some steps, of which those know it that run in a thread, a task or a process."""
    marks: dict[int, int] = {}
    awaited = {id(step.node) for step in steps if isinstance(step, Await)}
    for index, call in enumerate(steps):
        if not isinstance(call, Call) or not taker(call):
            continue
        # where it is kept, its failure may be asked for inside the same handlers
        away = len(call.guards) if _is_lost(call) and id(call.node) not in awaited else 0
        for step in handed_on(steps, index):
            marks[id(step)] = max(marks.get(id(step), 0), away)
        if _is_handed(call):
            marks.setdefault(id(call), 0)
    if not marks:
        return steps
    return tuple(
        replace(step, is_detached=True, guards=step.guards[marks[id(step)] :])
        if id(step) in marks
        else step
        for step in steps
    )


def is_process(call: Call) -> bool:
    """Tell whether a call makes or starts a process that is given what it runs."""
    names = {name.removesuffix("().start") for name in _names(call)}
    return bool(names & {*PROCESSES, "multiprocessing.process.BaseProcess"})


def makes_thread(call: Call) -> bool:
    """Tell whether a call makes or starts a thread or process that is given what it runs."""
    names = {canonical(name).removesuffix("().start") for name in call.names}
    return bool(names & _TAKERS)


def is_gathered(call: Call) -> bool:
    """Tell whether a group, pool or executor waits for the work that it is given by a call."""
    return any(_GATHERS.search(canonical(name)) for name in call.names)


def is_task(call: Call) -> bool:
    """Tell whether a call makes a task of the event loop, which ends with the loop."""
    return any(canonical(name).startswith("asyncio.") for name in call.names)


def is_daemon(steps: Sequence[Step], call: Call) -> bool:
    """Tell whether a call makes or starts a thread, or process, that ends with the main thread.

    :param steps: those of the launch path: nothing is said where it makes several.
    """
    makes = (step for step in steps if isinstance(step, Call) and _names(step) & _TAKERS)
    made = list(itertools.islice(makes, 2))
    if len(made) != 1 or not {name.removesuffix("().start") for name in _names(call)} & _TAKERS:
        return False
    calls = [step for step in steps if isinstance(step, Call)]
    marks = {f"{name}().{mark}" for name in _TAKERS for mark in ("daemon", "setDaemon")}
    told = [one.arguments[0].literal for one in calls if one.name in marks and one.arguments]
    told += [one.value.literal for one in steps if isinstance(one, Store) and one.name in marks]
    inits = {f"{name}().__init__" for name in _TAKERS} | {f"{name}.__init__" for name in _TAKERS}
    given_to = [one.keywords for one in calls if one.name in inits]
    told += [keywords["daemon"] for keywords in given_to if "daemon" in keywords]
    return (told or [made[0].keywords.get("daemon")]) == [True]


def _names(call: Call) -> set[str]:
    return set(map(canonical, call.names))


def may_wait(step: Step, of_unknown: bool = True) -> bool:
    """Tell whether a step may keep its thread busy, as far as is known.

    :param of_unknown: whether a call may of which nothing is known, nor does its name tell.
    """
    if isinstance(step, Loop):
        return True
    if isinstance(step, Await):
        return _may_take_time(step.name)
    if not isinstance(step, Call):
        return False
    known = ending(step)
    if step.role in (Role.SERVE, Role.WAIT):
        return known is None or known.blocks is not False
    if step.name in language.RUNS_COROUTINES:
        # what coroutines of the project do are steps of their own
        awaited = (one.name for one in _held(step) if isinstance(one, Symbol))
        return any(map(_may_take_time, awaited))
    if known is not None:
        return known.blocks is not False
    if _HARMLESS.search(step.name) or _is_looked_up(step):
        return False
    if root_of(step.name) in language.BUILTINS:
        return step.name == "input"
    if step.name[0] == "?" or _WAITS.search(step.name):
        return True
    return of_unknown and not step.seen and is_project(step.name)


def _is_looked_up(step: Call) -> bool:
    """Tell whether a call of the standard library gives what is kept under a key."""
    if not step.name.endswith(_GETS) or root_of(step.name) not in sys.stdlib_module_names:
        return False
    return bool(step.arguments) and step.arguments[0].text is not None


def waits(step: Step) -> bool:
    """Tell whether a step surely waits for something, as its name tells."""
    if isinstance(step, Call) and step.role is None and ending(step) is None:
        return _LASTS.search(step.name) is not None and not step.name.startswith(_TEXTS)
    return may_wait(step)


def _may_take_time(name: str) -> bool:
    """Tell whether it may take time until something of a name is there that is awaited."""
    known = ending_of(name.removesuffix("()"))
    return known is None or known.detached or known.blocks is not False


def in_threads(steps: Sequence[Step]) -> Iterator[tuple[Call, Step]]:
    """Yield the steps that threads run, each with the call that hands it to one."""
    for index, call in enumerate(steps):
        if not isinstance(call, Call):
            continue
        executor = call.arguments[0].names if call.arguments else ()
        if any("Process" in name for name in executor):
            continue
        if any(_THREADED.search(canonical(name)) for name in call.names):
            if _is_handed(call):
                yield call, call
            inner = [*handed_on(steps, index)]
            # a process that a thread starts has a main thread of its own
            starts = [one for one in inner if isinstance(one, Call) and is_process(one)]
            away = {id(step) for one in starts for step in handed_on(steps, steps.index(one))}
            yield from ((call, step) for step in inner if id(step) not in away)


def after(steps: Sequence[Step], call: Step) -> list[Step]:
    """Return what comes after a step, without what it hands on."""
    at = steps.index(call)
    handed = {id(step) for step in handed_on(steps, at)}
    return [step for step in steps[at + 1 :] if id(step) not in handed]


class Detached(NamedTuple):
    """A serve call that runs in a thread, task or green thread.

    :ivar taker: what takes it, by the name of what is called.
    :ivar call: the step that hands it on.
    :ivar serve: the step that serves; the same step where the serve call itself is handed on.
    :ivar inside: every step that runs there.
    """

    taker: str
    call: Call
    serve: Step
    inside: tuple[Step, ...]


def detached(steps: Sequence[Step], known: bool = True) -> Iterator[Detached]:
    """Yield the serve calls among some steps that another thread or task takes.

    :param known: whether only those count that surely serve, and do not only look like it.
    """
    for index, call in enumerate(steps):
        if not isinstance(call, Call) or not (by := taker(call)):
            continue
        if _is_handed(call):
            yield Detached(by, call, call, (call,))
            continue
        group = tuple(handed_on(steps, index))
        serve = next((one for one in group if _serves(one, known)), None) or next(
            (one for one in group if one.role is Role.START and known_roles_of(one.name)), None
        )
        if serve is None and call.role is Role.SERVE:  # a runner, whose own loop counts
            serve = next((one for one in group if isinstance(one, Loop)), None)
        if serve is not None:
            yield Detached(by, call, serve, group)


def detached_loops(steps: Sequence[Step]) -> Iterator[Detached]:
    """Yield the endless loops among some steps that another thread or task takes."""
    for index, call in enumerate(steps):
        if isinstance(call, Call) and (by := taker(call)):
            group = tuple(handed_on(steps, index))
            loops = (one for one in group if isinstance(one, Loop) and one.is_endless)
            if loop := next(loops, None):
                yield Detached(by, call, loop, group)


def is_joined(steps: Sequence[Step], wait: Step, one: Detached) -> bool:
    """Tell whether a step surely waits for the task that serves, and not for another.

    :param steps: those of the launch path.
    """
    if one.call.chain != wait.chain:
        return False
    names = given(wait) if isinstance(wait, Call) else iter(wait.names)
    own = (step for step in steps if isinstance(step, Call) and step.chain == wait.chain)
    made = {id(step.node) for step in own if one.taker in step.names}
    return [*names].count(f"{one.taker}()") >= len(made)  # it waits for all of the function's


def handed_on(steps: Sequence[Step], index: int) -> Iterator[Step]:
    """Yield the steps of what a call hands on: those of its arguments, or of its ``run``."""
    call = steps[index]
    depth = len(call.chain)
    for step in itertools.islice(steps, index + 1, None):
        if step.chain[:depth] != call.chain:
            break
        if step.node is call.node:
            continue  # a step with two roles stands there twice
        if not (isinstance(step, Call) and step.taker is call.node):
            if len(step.chain) == depth or step.sites[depth - 1].runner is not call.node:
                break
            made, _, method = step.chain[depth].rpartition(".")
            if method == "__init__" and not (isinstance(call, Call) and made in given(call)):
                continue  # it is made here
        yield step
    yield from _handed_coroutines(steps, index)


def _handed_coroutines(steps: Sequence[Step], index: int) -> Iterator[Step]:
    """Yield the calls of what is not read whose coroutines a call hands on."""
    call = steps[index]
    if not isinstance(call, Call):
        return
    if not any(map(_takes_coroutines, (call.name, *given(call)))):
        return
    handed = (name for name in given(call) if canonical(name) != _EVENT_LOOP)
    left = {name.removesuffix("()") for name in handed if name.endswith("()")}
    for step in reversed(steps[max(0, index - _MAX_BACK) : index] if left else ()):
        if isinstance(step, Call) and not left.isdisjoint(step.names):
            yield step
            left.difference_update(step.names)
            if not left:
                return


def _takes_coroutines(name: str) -> bool:
    return name in language.RUNS_COROUTINES or canonical(name).startswith("asyncio.")


def given(call: Call) -> Iterator[str]:
    """Yield the names of what a call is given, also in lists."""
    return map(qualified_name, _held(call))


def _held(call: Call) -> Iterator[Value]:
    for argument in call.arguments:
        for value in argument.values:
            many = value.items if isinstance(value, Listed) else ((value,),)
            yield from (one for values in many for one in values)


def _is_handed(call: Call) -> bool:
    """Tell whether the serve call itself is what a call hands on."""
    is_role = call.role in (Role.START, Role.SERVE)
    if not is_role or Role.SERVE not in known_roles_of(call.name):
        return False
    known = ending(call)
    return known is None or not (known.detached and known.blocks)  # it runs what it is given


def _serves(step: Step, known: bool) -> bool:
    roles = known_roles_of(step.name)
    return step.role is Role.SERVE and (not known or Role.SERVE in roles or Role.START in roles)
