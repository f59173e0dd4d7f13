"""Gives roles to steps whose own names do not tell them, from the path around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flake8_launcher.knowledge import (
    Role,
    known_roles_of,
    language,
    may_start,
    prepares,
    roles_of,
    root_of,
)
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.model import Call, Loop, Step, Store, inside
from flake8_launcher.launch.paths import serving, threads, waits, withdrawn
from flake8_launcher.launch.paths.endings import after, is_gathered, makes_thread, marked, may_wait
from flake8_launcher.launch.paths.programs import serves_nobody

_NEAR = 3


def completed(
    steps: Iterable[Step],
    is_own: Callable[[str], bool],
    certain: bool,
    complete: bool,
    at_top: bool = False,
) -> tuple[Step, ...]:
    """Return the steps of a path with the roles that the path tells.

    :param is_own: tells whether a qualified name is that of something of the checked module.
    :param certain: whether a process surely begins with this path.
    :param complete: whether the path has been followed to its end.
    :param at_top: whether it is a top level alone: what runs that does not get past its loop
        or wait.
    """
    found = _completed(steps, is_own, certain, complete, at_top)
    found = withdrawn.without_limited(found)
    return withdrawn.without_screens(withdrawn.without_tries(found))


def _completed(
    steps: Iterable[Step],
    is_own: Callable[[str], bool],
    certain: bool,
    complete: bool,
    at_top: bool,
) -> tuple[Step, ...]:
    named = withdrawn.without_loops_beside(marked(tuple(_by_name(tuple(steps)))))
    named = withdrawn.without_called_back(withdrawn.without_helpers_of(named))
    named = withdrawn.without_limited(named)
    shaped = withdrawn.without_tools(withdrawn.without_stopped(named), complete)
    shaped = withdrawn.without_put_away(shaped)
    serves = [step for step in shaped if step.role is Role.SERVE]
    if not serves and shaped is not named:
        return shaped
    if not certain and not (at_top and any(map(_surely_stays, shaped))):
        if complete and all(step.is_detached for step in serves):
            if not any(map(waits.stays, shaped)):  # whoever called it goes on
                return withdrawn.without_roles(shaped, set(map(id, serves)))
        return shaped
    if any(not step.is_detached for step in serves):
        work = serving.work_after(shaped, serves)
        if work is not None:
            return _with_serve(withdrawn.without_roles(shaped, set(map(id, serves))), work)
        known = [step for step in serves if any(map(known_roles_of, step.names))]
        if known and all(step.is_detached for step in known):
            return withdrawn.without_roles(shaped, set(map(id, filter(_is_read, serves))))
        return shaped
    if serves:  # a help to something else, if something else is there
        own = tuple(step for step in shaped if not step.is_detached)
        serve = _start(own, complete=False) or _likely(own, is_own, complete)
        if serve is not None and _is_read(serve):
            serve = serving.lasting_loop(own)  # what it does are steps of their own
        if serve is None and not any(known_roles_of(name) for one in serves for name in one.names):
            loops = [one for one in threads.endless_loops(shaped) if one.is_detached]
            serve = serving.joined_loop(shaped, loops)
            if serve is not None:
                shaped = withdrawn.without_roles(shaped, set(map(id, serves)))
    else:
        serve = (
            _start(shaped, complete)
            or _likely(shaped, is_own, complete)
            or waits.lasting_wait(shaped)
            or serving.lasting_tasks(shaped)
            or threads.lasting_thread(shaped, at_top)
            or serving.lasting_program(shaped)
            or serving.lasting_schedule(shaped)
            or (complete and (serving.last_listening(shaped) or serving.calling_back(shaped)))
            or None
        )
    return _with_serve(shaped, serve)


def _surely_stays(step: Step) -> bool:
    """Tell whether the main thread surely stays in a loop, or a wait, until the service stops."""
    is_loop = isinstance(step, Loop) and step.is_endless
    is_wait = step.role is Role.WAIT and waits.lasting_wait((step,)) is step
    if not (is_loop or is_wait):
        return False
    return not (step.conditional or step.is_detached or step.is_imported)


def _is_read(step: Step) -> bool:
    """Tell whether a step calls what is read, and has but a name that tells that it serves."""
    return isinstance(step, Call) and step.seen and not any(map(known_roles_of, step.names))


def _with_serve(steps: tuple[Step, ...], serve: Step | None) -> tuple[Step, ...]:
    """Return the steps, of which one serves, if any does."""
    return tuple(replace(step, role=Role.SERVE) if step is serve else step for step in steps)


def _start(steps: tuple[Step, ...], complete: bool) -> Step | None:
    """Return the step that starts to serve, where no other serves.

    A start far below, in a process that does not wait, is a help to something else, and so is one
    in a function of another module that has forked.
    """
    has_wait = any(step.role is Role.WAIT for step in steps)
    futures = list(filter(waits.waits_for_future, steps))
    forked = {step.chain for step in steps if step.name == "os.fork" and step.place}
    starts = [
        step
        for step in steps
        if step.role is Role.START and not any(step.chain[: len(one)] == one for one in forked)
    ]
    near = [
        step
        for step in starts
        if has_wait
        or not step.place
        or _is_in_main(step)
        or (isinstance(step, Call) and is_gathered(step))
        or any(one.chain == step.chain and step.leads_to(one) for one in futures)
    ]
    if near:
        wait = waits.lasting_wait(steps)
        surely = [step for step in near if wait is not None and step.leads_to(wait)] or near
        works = (one for one in surely if not known_of(root_of(one.name)).only_tells)
        start = next(works, surely[0])
        return serving.loop_beside(steps, start) or start
    for step in starts if complete else ():
        if not any(map(may_wait, after(steps, step))):
            return step  # nothing else is done, so that it is what the process is for
    return None


def _by_name(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps, and once more those whose names tell a role that is not seen inside.

    The body of ``service.serve`` is read, and yet what serves there may not be found: then the
    name counts, as it does where the body cannot be read.
    """
    for index, step in enumerate(steps):
        yield step
        if not isinstance(step, Call) or not step.seen or step.role is not None:
            continue
        within = list(inside(steps, index))
        roles = {inner.role for inner in within}
        if Role.START in roles:
            roles.add(Role.SERVE)
        unresolved = _is_unresolved(within)
        known = _known(step)
        for role in (Role.PATCH,) if step.is_imported else Role:
            if role in roles:
                continue
            shaped = role in roles_of(step.name) and role is not Role.SERVE
            if role is Role.PATCH:
                told = shaped and any(map(_replaces, within))
            else:
                told = role in known or (shaped and unresolved)
            if told:
                yield replace(step, role=role)


def _known(step: Step) -> set[Role]:
    """Return the roles that the tables give to the names of a step.

    A class that only starts to serve may derive from one that serves.
    """
    known: set[Role] = set()
    for name in step.names:
        roles = known_roles_of(name)
        known.update(role for role in roles if role is not Role.SERVE or Role.START not in known)
    return known


def _replaces(step: Step) -> bool:
    """Tell whether a step rebinds an attribute of something outside."""
    if isinstance(step, Call) and step.name == "setattr":
        target = step.argument(0, "")
        return target is not None and any(name[0] != "?" for name in target.names)
    return isinstance(step, Store) and not step.name.endswith("[]")


def _likely(
    steps: tuple[Step, ...], is_own: Callable[[str], bool], complete: bool
) -> Step | None:
    """Return the step that likely serves, or what the main thread goes on with after it."""
    serve = _likely_serve(steps, is_own, complete)
    if not isinstance(serve, Call) or serve.is_detached:
        return serve
    return serving.work_after(steps, [serve]) or serve


def _likely_serve(
    steps: tuple[Step, ...], is_own: Callable[[str], bool], complete: bool
) -> Step | None:
    """Return the step that serves, if something tells which it is.

    A process that patches or prepares itself to be a service serves, and what it starts then is
    the serve call even where its name alone would not tell. What the checked file calls goes
    before what is found on the way.
    """
    ready = False
    elsewhere: Step | None = None
    lasting = serving.lasting_loop(steps, complete)
    is_alone = lasting is None or lasting.is_detached
    is_open = is_alone and (not complete or any(step.role is Role.WAIT for step in steps))
    for index, step in enumerate(steps):
        ready = ready or step.role in (Role.PATCH, Role.BACKEND) or prepares(step.name)
        if not isinstance(step, Call | Loop) or step.role is not None:
            continue
        if isinstance(step, Loop) and not step.is_endless:
            continue
        if is_own(step.name) or step.is_imported or (step.is_detached and not is_alone):
            continue
        if step.is_detached and language.EVENT_LOOP.search(step.name):
            continue  # it is there for what the main thread does
        if isinstance(step, Call) and makes_thread(step) and _is_of_round(steps, step):
            continue
        seen = isinstance(step, Call) and step.seen
        names = [name for name in step.names[1:] if "()." in name] if seen else []
        if isinstance(step, Call) and serves_nobody(step.arguments):
            continue
        starts = any(map(may_start, names or [step.name]))
        serves = any(Role.SERVE in roles_of(name) for name in names or [step.name])
        if not (serves or starts):
            continue
        within = list(inside(steps, index)) if seen else []
        if seen and (step.name.endswith(".main") or _only_says(within)):
            continue  # what it does are steps of their own
        loop = next((one for one in within if isinstance(one, Loop)), None) if serves else None
        if seen and not (ready or is_open or loop or _is_unresolved(within)):
            serves = False
        if not step.place and (serves or (ready and starts)):
            is_near = loop and all(map(may_start, loop.chain[len(step.chain) :]))
            if is_near:
                return loop
            # the way there may be of a base class in another module
            return lasting if not is_alone and lasting in within else step
        likely = serves or (ready and starts)
        if likely and elsewhere is None and _is_in_main(step):
            elsewhere = step
    return elsewhere or lasting


def _is_of_round(steps: tuple[Step, ...], step: Step) -> bool:
    """Tell whether a step is taken in each round of a loop that serves, or starts one job of it.

    The round waits for the job then.
    """
    if any(arm.kind == "endless" for arm in step.arms):
        return True
    rounds = [arm for arm in step.arms if arm.kind == "loop"]
    return bool(rounds) and any(rounds[-1] in one.arms and waits.joins(one) for one in steps)


def _is_in_main(step: Step) -> bool:
    """Tell whether a step stands in the main function of another module, or a few calls below."""
    return 0 < len(step.below) <= _NEAR and step.below[0].endswith(".main")


def _only_says(steps: list[Step]) -> bool:
    """Tell whether a function does no more than print or log."""
    return bool(steps) and all(shows(step.name) for step in steps if isinstance(step, Call | Loop))


def _is_unresolved(steps: Iterable[Step]) -> bool:
    """Tell whether what a function does is not all known."""
    return any(step.name[0] == "?" for step in steps)
