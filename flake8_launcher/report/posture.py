"""The posture of a start: how it stands, in one line for each trait."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence

from flake8_launcher.knowledge import exceptions, language
from flake8_launcher.knowledge.endings import Ending
from flake8_launcher.launch import Call, LaunchPath, Loop, Role
from flake8_launcher.launch import Step as Taken
from flake8_launcher.launch.model import DECIDES
from flake8_launcher.launch.paths import status
from flake8_launcher.launch.paths.endings import ending
from flake8_launcher.launch.paths.fates import Fate, fates
from flake8_launcher.launch.paths.leaving import left
from flake8_launcher.launch.questions.signals import is_about, sets_handler
from flake8_launcher.report.model import Finding, State, Trait
from flake8_launcher.report.names import called, hands_on, name_of

_PATCHING = ("LS2",)
_CONFIGURATION = ("LS301", "LS302", "LS303", "LS304", "LS305", "LS308", "LS309", "LS310")
_SERVE = ("LS506", "LS507", "LS508", "LS511", "LS513")
_STATUS = ("LS501", "LS502", "LS503", "LS505", "LS510")
_SECRETS = ("LS306", "LS307", "LS311")
_FACTS = ("patching", "configuration")
"""Traits that tell what is called, whether or not that is well done."""
_MOST_SERVES = 3
_TERMINATION = ("LS512", "LS514")


def traits(
    path: LaunchPath, serve: Taken | None, findings: Sequence[Finding]
) -> Iterator[Trait]:
    """Yield the traits of a start, in order.

    :param serve: the step that serves, if one does.
    :param findings: what the rules find, also where that is accepted.
    """
    for name, state, text, prefixes in (
        ("patching", *_patching(path), _PATCHING),
        ("configuration", *_configuration(path, findings), _CONFIGURATION),
        ("serve", *_serve_guarded(path, serve), _SERVE),
        ("status", *_status(path, serve), _STATUS),
        ("secrets", *_secrets(), _SECRETS),
        ("termination", *_termination(path, serve), _TERMINATION),
    ):
        about = [one for one in findings if one.code.startswith(prefixes)]
        yield _judged(name, state, text, about)


def _judged(name: str, state: State, text: str, findings: Sequence[Finding]) -> Trait:
    """Return a trait, with the defects that rules find about it."""
    if not findings:
        return Trait(name, state, text)
    codes = ", ".join(dict.fromkeys(one.code for one in findings))
    lines = ", ".join(dict.fromkeys(str(one.line) for one in findings))
    if state == "none" or (state == "good" and name not in _FACTS):
        # the text says the contrary of what was found
        text = "; ".join(dict.fromkeys(one.text for one in findings))
    if all(one.accepted for one in findings):
        return Trait(name, state, f"{text}; accepted: {codes} (l. {lines})")
    return Trait(name, "defect", f"{text}; {codes} (l. {lines})")


def _patching(path: LaunchPath) -> tuple[State, str]:
    patches = [*path.having(Role.PATCH)]
    backends = [*path.having(Role.BACKEND)]
    if not patches:
        if backends:
            return "good", f"no patcher is called; {_listed(backends)} chooses how work is shared"
        return "none", "no patcher is called"
    where = " on a condition" if all(step.conditional for step in patches) else ""
    return "good", f"{_listed(patches)}{where}"


def _configuration(path: LaunchPath, findings: Iterable[Finding]) -> tuple[State, str]:
    loads = [*path.having(Role.LOAD)]
    if not loads:
        return "none", "no load of a configuration file was seen"
    unchecked = [one for one in findings if one.code == "LS104"]
    if unchecked:
        return "review", f"{_listed(loads)}: nothing checks first who may write it (LS104)"
    checks = [*path.having(Role.CHECK)]
    if checks and path.steps.index(checks[0]) < path.steps.index(loads[0]):
        return "good", f"{_listed(checks[:1])} checks who may write it, then {_listed(loads)}"
    if loads[0].is_imported:
        return "review", f"{_listed(loads)}, by an import: no check of who may write it was seen"
    return "good", f"{_listed(loads)}, after a check"


def _serve_guarded(path: LaunchPath, serve: Taken | None) -> tuple[State, str]:
    if path.is_served:
        return "none", "the server that loads it guards its own serve call"
    if serve is None:
        return "none", "no serve call was seen"
    serves = [one for one in path.having(Role.SERVE) if one is serve or not one.is_detached]
    told: dict[tuple[State, str], Taken] = {}
    for one in serves:
        told.setdefault(_guarded(path, one), one)
    if len(told) == 1:
        return next(iter(told))
    is_good = all(state == "good" for state, _ in told)
    texts = [f"{text} (l. {one.line})" for (_, text), one in told.items()]
    return "good" if is_good else "review", "; ".join(texts[:_MOST_SERVES])


def _guarded(path: LaunchPath, serve: Taken) -> tuple[State, str]:
    name = name_of(serve)
    handled = fates(path, serve)
    keeps = next((one for one in handled if one.is_broad), None)
    if keeps is None and handled:
        names = ", ".join(dict.fromkeys(caught for one in handled for caught in one.catches))
        return "review", f"a failure of {name} is handled only where it is of {names}"
    if keeps is None:
        if serve.is_detached:
            return "review", f"{name} runs beside the main thread, and nothing handles its failure"
        known = ending(serve)
        if known is not None and known.tells:
            return "review", f"nothing handles a failure of {name}, which {known.tells}"
        return "review", f"nothing handles a failure of {name}: it ends in a traceback"
    if keeps.how == "raise":
        return "good", f"a failure of {name} is {'logged and ' * keeps.is_logged}raised on"
    if keeps.how == "exit":
        said = "logged" if keeps.is_logged else "caught"
        return "good", f"a failure of {name} is {said}, and the process exits"
    said = "logged" if keeps.is_logged else "caught, and nothing is said"
    return "review", f"a failure of {name} is {said}; then the code goes on"


def _status(path: LaunchPath, serve: Taken | None) -> tuple[State, str]:
    if path.is_served or serve is None:
        return "none", "the process is another one's to end" if path.is_served else "not known"
    if hands_on(serve) and not serve.is_detached:
        return "unknown", f"what becomes of {name_of(serve)} in {called(serve)} is not known"
    handled = fates(path, serve)
    serve, known = _telling(path, serve)
    keeps = next((one for one in handled if one.is_broad), None)
    if known is not None and known.status == "exits":
        keeps = next((one for one in handled if _catches_exit(one)), None)
    if keeps is not None and keeps.how != "raise":
        if keeps.status is None:
            return "unknown", "what the process ends with after a failure is not known"
        state: State = "good" if keeps.status else "review"
        return state, f"a start that fails ends with status {keeps.status}"
    if serve.is_detached:
        return "review", "a failure beside the main thread does not reach the status"
    if isinstance(serve, Loop):
        leave = (one for one in status.handlers(path) if left(path, one) is serve)
        if any(status.status_after(path, one) == 0 for one in leave):
            return "review", f"a handler in {name_of(serve)} ends it after a failure"
        return "good", f"what fails in {name_of(serve)} ends the process with status 1"
    if known is None or known.status is None:
        return "unknown", f"how {name_of(serve)} tells a failed start is not known"
    match known.status:
        case "raises":
            return "good", "a start that fails ends with status 1, by its exception"
        case "exits":
            name = name_of(serve)
            return "good", f"a start that fails ends with status {known.code}: {name} exits"
        case "returned":
            if isinstance(serve, Call) and status.dropped_with(path, serve) is not None:
                return "review", f"{name_of(serve)} returns what tells a failed start: dropped"
            return "good", f"{name_of(serve)} returns what tells a failed start: kept"
        case "swallowed":
            return "review", f"{name_of(serve)} does not tell its caller that a start has failed"
    return "good", f"what is raised before {name_of(serve)} ends the process with status 1"


def _telling(path: LaunchPath, serve: Taken) -> tuple[Taken, Ending | None]:
    """Return the step that tells how a start ended: the serve call, or one that waits for it."""
    known = ending(serve)
    if known is not None and known.status in (None, "none"):
        for wait in path.having(Role.WAIT):
            told = ending(wait) if serve.is_detached or not wait.is_detached else None
            if told is not None and told.status not in (None, "none"):
                return wait, told
    return serve, known


def _catches_exit(fate: Fate) -> bool:
    """Tell whether a handler catches the exit of a call that ends the process by itself."""
    handler = fate.handler.handler if fate.handler else None
    return handler is not None and not exceptions.CATCHES_EXIT.isdisjoint(handler.foreign)


def _secrets() -> tuple[State, str]:
    return "good", "no secret was seen that is printed or logged on the way"


def _termination(path: LaunchPath, serve: Taken | None) -> tuple[State, str]:
    if path.is_served:
        return "none", "the server handles SIGTERM"
    for step in path.calls:
        if not (sets_handler(step) and is_about(step, signal.SIGTERM)):
            continue
        handler = step.argument(1, "handler") or step.argument(1, "callback")
        name = _short(handler.names[0]) if handler and handler.names else "a handler"
        return "good", f"SIGTERM is handled by {name} (l. {step.line})"
    known = ending(serve) if serve and not hands_on(serve) else None
    if isinstance(serve, Loop) and path.complete:
        return "review", "no handler of SIGTERM was seen; without one it ends the process at once"
    if serve is None or known is None or known.handles_termination is None:
        return "unknown", "what SIGTERM does is not known"
    waits = [ending(step) for step in path.having(Role.WAIT)]
    if known.handles_termination or any(one and one.handles_termination for one in waits):
        return "good", f"{name_of(serve)} ends in order on SIGTERM"
    if not path.complete:
        return "unknown", "what SIGTERM does is not known: the start was not followed to its end"
    return "review", f"SIGTERM ends the process at once: {name_of(serve)} does not handle it"


def result(path: LaunchPath, step: Taken) -> str:
    """Return what becomes of the result of a step, where that matters; nothing elsewhere."""
    if step.role not in DECIDES or not isinstance(step, Call):
        return ""
    known = ending(step)
    tells = known is not None and known.status == "returned"
    if status.dropped_with(path, step) is not None:
        return "dropped, and with it what tells a failed start" if tells else ""
    if step.use == "returned":
        return "returned"
    if step.use in ("assigned", "tested"):
        return "kept" if tells else ""
    return "is the exit status" if step.use in language.ENDS_PROCESS else ""


def _short(name: str) -> str:
    parts = name.lstrip("?.").split(".")
    return ".".join([one for one in parts[-2:] if one != "<locals>"])


def _listed(steps: Sequence[Taken]) -> str:
    names = list(dict.fromkeys(map(name_of, steps)))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    first = next(iter(steps)).line
    return f"{', '.join(names[:3])}{more} (l. {first})"
