"""LS609."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Called, Import, Launcher, LaunchPath, Moment, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_SETTINGS, _APPLICATIONS = "settings", "applications"


class SettingsNotReady(Rule):
    """Something needs Django before Django is ready.

    ## What it does

    Reports where `DJANGO_SETTINGS_MODULE` is set, or where `django.setup()`,
    `get_wsgi_application()` or `get_asgi_application()` is called, after an import that needs
    it: of `django.contrib.auth.models` and its kin, or of a module of the project that defines a
    model, calls `get_user_model()`, or reads one of Django's settings while it is imported. Only
    the first such place is reported.

    ## Why

    The import raises `ImproperlyConfigured` or `AppRegistryNotReady`, and the process ends before
    it serves. Where the environment names the settings already, it passes, until
    somebody starts the service another way.

    ## Example

    ```python
    import os

    import django
    from django.contrib.auth.models import User

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulse.settings")
    django.setup()

    import uvicorn


    def main():
        uvicorn.run("pulse.asgi:application")
    ```

    ## Use instead

    ```python
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulse.settings")
    django.setup()

    from django.contrib.auth.models import User

    import uvicorn


    def main():
        uvicorn.run("pulse.asgi:application")
    ```

    ## When to ignore it

    Where the settings are known to be set before the process begins, as by `manage.py` or the
    environment of the unit.

    ## References

    - [Django: applications](https://docs.djangoproject.com/en/stable/ref/applications/)
    - [Channels: deploying](https://channels.readthedocs.io/en/stable/deploying.html)
    """

    code = "LS609"
    name = "settings-not-ready"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (696,)
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for the first place that comes too late."""
        for path in launcher.set_up:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    ready = known.READIES_DJANGO | known.CONFIGURES_DJANGO
    if path.names.isdisjoint(ready | known.SETS) or not any(map(_is_ready, path.steps)):
        return
    moments = launcher.ordered(path)
    found = [*order.too_late(moments, _needs, lambda moment: _sets(moment.event))]
    for matter, early, moment in found:
        if _may_be_ready(launcher, matter, moments, early):
            return
        event = early.event
        what = f"import {event.module}" if isinstance(event, Import) else order.called(early)
        place = order.located(early, what, launcher.module)
        # whoever moves the first alone would be told about the next
        others = [one for _, by, one in found if by is early and one is not moment]
        also = f"; so late, too, {_does(others[0])} (l. {others[0].line})" if others else ""
        text = f"{_does(moment)} after {place}, which needs Django to be ready{also}"
        yield Violation(moment.line, moment.column, text)
        return


def _does(moment: Moment) -> str:
    """Say what comes too late."""
    step = moment.event
    assert isinstance(step, Step)
    is_variable = known.DJANGO in order.variables_set(step)
    return f"{known.DJANGO} is set{step.by}" if is_variable else f"{step.way} comes"


def _may_be_ready(
    launcher: Launcher, matter: str, moments: Iterable[Moment], early: Moment
) -> bool:
    """Tell whether a module that is imported before something needs Django may make it ready.

    The package of a project mostly imports its application of Celery, which names the settings.
    """
    before = itertools.takewhile(lambda moment: moment is not early, moments)
    modules = {module for moment in before for module in moment.chain}
    modules.update(early.chain[:-1])
    modules.discard(launcher.module)
    calls = {f"{name.rpartition('.')[2]}(" for name in known.READIES_DJANGO}
    words = {known.DJANGO} if matter == _SETTINGS else calls
    return any(word in launcher.project.text_of(module) for module in modules for word in words)


def _is_ready(step: Step) -> bool:
    return any(_sets(step))


def _needs(moment: Moment) -> Iterator[str]:
    """Yield what something needs of Django."""
    event = moment.event
    if isinstance(event, Import):
        if any(known.NEEDS_DJANGO.fullmatch(name) for name in event.names):
            yield from (_SETTINGS, _APPLICATIONS)
        elif any(known.NEEDS_SETTINGS.fullmatch(name) for name in event.names):
            yield _SETTINGS
    elif order.called(moment) in known.DJANGO_CALLS:
        yield from (_SETTINGS, _APPLICATIONS)
    elif isinstance(event, Called):
        if event.name in known.DJANGO_MODELS:
            yield from (_SETTINGS, _APPLICATIONS)
        elif event.name == known.DJANGO_SETTINGS:
            yield _SETTINGS


def _sets(event: object) -> Iterator[str]:
    """Yield what something gives to Django."""
    if isinstance(event, Step) and known.DJANGO in order.variables_set(event):
        yield _SETTINGS
    elif order.called_by(event) in known.CONFIGURES_DJANGO:
        yield from (_SETTINGS,)
    elif order.called_by(event) in known.READIES_DJANGO:
        yield _APPLICATIONS
