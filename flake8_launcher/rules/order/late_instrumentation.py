"""LS603."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Call, Import, Launcher, LaunchPath, ModuleImport, Moment, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

if TYPE_CHECKING:
    from flake8_launcher.knowledge.instrumentors import Effect


class LateInstrumentation(Rule):
    """Something keeps what an instrumentor, tracer or shim is meant to replace.

    ## What it does

    Reports an import, or an object made, before the call that instruments it: `from flask import
    Flask` before `FlaskInstrumentor().instrument()`, `from psycopg2 import connect` before
    `ddtrace.patch(psycopg=True)` or `import ddtrace.auto`, an import that needs MySQLdb before
    `pymysql.install_as_MySQLdb()`, `get_wsgi_application()` before that of a Django whose
    settings name that driver, or before `DjangoInstrumentor().instrument()`. Of an agent such as
    New Relic's, the call that comes after the application was made is reported. Sentry's wraps
    Flask, FastAPI, Starlette, Quart, Bottle and aiohttp's server in place and reports what an
    application made before fails with; it misses those of Falcon and Litestar, servers of the
    Model Context Protocol, and schemas of Strawberry.

    So is a middleware that is added in the lifespan or at the startup of FastAPI or Starlette, as
    `Instrumentator().instrument(app)` of prometheus-fastapi-instrumentator does, which fails.
    What each of them replaces by name was seen by calling it. What is wrapped in place, as the
    methods of `requests.Session` are, may be imported before.

    ## Why

    The instrumentor binds a name to something else. Who has taken the original before goes on with
    that: there are no spans, and nothing tells. A shim that comes late leaves
    the other driver in place, or none.

    ## Example

    ```python
    from flask import Flask
    from opentelemetry.instrumentation.flask import FlaskInstrumentor

    FlaskInstrumentor().instrument()
    app = Flask(__name__)


    def main():
        app.run(port=8080)
    ```

    ## Use instead

    Instrument first, or instrument what you have made: `FlaskInstrumentor().instrument_app(app)`.

    ```python
    from opentelemetry.instrumentation.flask import FlaskInstrumentor

    FlaskInstrumentor().instrument()

    from flask import Flask

    app = Flask(__name__)


    def main():
        app.run(port=8080)
    ```

    ## When to ignore it

    Where what was imported before is not called by anything that should be traced.

    ## References

    - [OpenTelemetry: Flask instrumentation](
      https://opentelemetry-python-contrib.readthedocs.io/en/latest/instrumentation/flask/flask.html)
    - [PyMySQL: install_as_MySQLdb](https://pypi.org/project/PyMySQL/)
    """

    code = "LS603"
    name = "late-instrumentation"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each import or object that comes too early."""
        for path in launcher.set_up:
            for find in (_missed, _refused):
                yield from find(launcher, path)


def _missed(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    names = {name for name in path.names if known.INSTRUMENTS.search(name)}
    if not names:
        return
    # the tables are large, and few launches instrument
    from flake8_launcher.knowledge import instrumentors as table

    instruments = [
        step for step in path.steps if step.name in names and not isinstance(step, ModuleImport)
    ]
    before: list[tuple[Moment, str]] = []
    wanted = [step for step in path.steps if step in instruments or order.matters(step)]
    may_at_import = any(known.INSTRUMENTS_AT_IMPORT.startswith(name) for name in names)
    every = launcher.everything if may_at_import else launcher.moments
    for moment in every(path, wanted):
        step = moment.event
        if isinstance(step, Import) and known.INSTRUMENTS_AT_IMPORT in step.names:
            effect = table.effect_of(known.INSTRUMENTS_AT_IMPORT, {})
            way = order.located(moment, f"import {known.INSTRUMENTS_AT_IMPORT}", launcher.module)
            yield from _lost(launcher, before, moment, effect, way)
            return
        before.extend((moment, name) for name in _given(launcher, moment))
        if not isinstance(step, Step) or step not in instruments:
            continue
        if not order.is_told_here(moment):
            continue
        given = step.keywords if isinstance(step, Call) else {}
        is_given = any(keyword in given for keyword in table.INSTANCES)
        may_be_given = isinstance(step, Call) and not step.complete_arguments
        if is_given or may_be_given or f"{step.name}_app" in names:
            continue
        effect = table.effect_of(step.name, given, order.key_of(step))
        for early, name in before:
            is_missed = name in effect.agent_misses and not isinstance(early.event, Import)
            if is_missed and order.is_sure(early, moment):
                text = f"{step.way} comes after {order.located(early, name, launcher.module)}"
                text += ", and does not reach it"
                yield Violation(moment.line, moment.column, text)
                break
        yield from _lost(launcher, before, moment, effect, step.located_way)
        if effect.shims and _has_driver(launcher, path, effect.shims):
            for early, name in before:
                is_call = not isinstance(early.event, Import) and name in known.READIES_DJANGO
                if is_call and order.is_sure(early, moment):
                    text = f"calls {name} before {step.located_way}"
                    yield Violation(early.line, early.column, text)


def _refused(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what adds a middleware to an application that has started."""
    if path.names.isdisjoint(known.ADDS_MIDDLEWARE):
        return
    names = known.APPLICATIONS | known.STARTS_UP
    made = {id(call.node): call for call in path.calls if call.name in names}
    for step in path.calls:
        if order.called_by(step, known.ADDS_MIDDLEWARE) not in known.ADDS_MIDDLEWARE:
            continue
        arms = [arm for arm in step.arms if arm.kind == "callback" and id(arm.node) in made]
        if not arms or not order.is_told_here(order.moment_of(step)):
            continue
        if any(arms[0] in call.arms for call in made.values()):
            continue  # it may be for what the lifespan makes
        if all(arm is arms[0] for arm in step.arms):
            call = made[id(arms[0].node)]
            where = "a function" if call.name in known.STARTS_UP else "the lifespan"
            text = f"{step.way} raises RuntimeError in {where} of {call.located_way}"
            yield Violation(
                step.line, step.column, f"{text}: the application has made its middleware"
            )


def _has_driver(launcher: Launcher, path: LaunchPath, drivers: frozenset[str]) -> bool:
    """Tell whether Django's settings name a driver of databases, which Django then imports."""
    settings = order.django_settings(path)
    text = launcher.project.text_of(settings) if settings else ""
    return any(name in text for name in drivers)


def _lost(
    launcher: Launcher,
    before: list[tuple[Moment, str]],
    moment: Moment,
    effect: Effect,
    way: str,
) -> Iterator[Violation]:
    """Yield each import and call before a moment that keeps what is replaced there.

    What is called of what an import has taken is told at the import.
    """
    taken: set[str] = set()
    for early, name in before:
        told = _told(launcher, early, name, effect)
        if told and name not in taken and order.is_sure(early, moment):
            if isinstance(early.event, Import) and not early.chain:
                taken.add(name)
            text = f"{order.way_of(early)}{told} before {way}"
            yield Violation(early.line, early.column, text)


def _told(launcher: Launcher, early: Moment, name: str, effect: Effect) -> str:
    """Return what is too early about an import or a call; empty where nothing is."""
    event = early.event
    if isinstance(event, Import):
        if name in effect.shims:
            return f"imports {name}"
        return f"takes {name}" if name in effect.replaces and _uses(launcher, early) else ""
    is_elsewhere = isinstance(event, Step) and event.is_imported
    return f"calls {name}" if name in effect.misses and not is_elsewhere else ""


def _given(launcher: Launcher, moment: Moment) -> Iterator[str]:
    """Yield the names of what a moment takes or makes."""
    event = moment.event
    if isinstance(event, Import):
        yield from event.names
    else:
        yield from order.done_at(launcher.project, moment, known.MAKES)


def _uses(launcher: Launcher, early: Moment) -> bool:
    """Tell whether the module of the project that takes a name by an import calls it."""
    taken = early.event.name if isinstance(early.event, Import) else None
    module = early.chain[-1] if early.chain else launcher.module
    if taken is None or not launcher.project.owns(f"{module}.{taken}"):
        return False
    return re.search(rf"\b{re.escape(taken)}\(", launcher.project.text_of(module)) is not None
