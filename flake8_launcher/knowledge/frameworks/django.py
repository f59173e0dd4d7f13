"""Django, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("Django",),
    create=(
        "django.core.asgi.get_asgi_application",
        "django.core.wsgi.get_wsgi_application",
    ),
    commands={
        "django.core.management.call_command": frozenset(
            {
                # docs.djangoproject.com, channels, django-extensions, django-huey, django-q,
                # django-rq, django-background-tasks, django_dramatiq
                "djangohuey",
                "process_tasks",
                "qcluster",
                "rqscheduler",
                "rqworker",
                "run_huey",
                "rundramatiq",
                "runserver",
                "runserver_plus",
                "runworker",
            }
        ),
    },
)
