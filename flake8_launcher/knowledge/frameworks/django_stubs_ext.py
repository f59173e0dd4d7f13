"""django-stubs-ext, types of Django that are there at run time."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("django-stubs-ext",),
    patches={
        "django_stubs_ext.monkeypatch": Patcher("classes of django"),
        "django_stubs_ext.patch.monkeypatch": Patcher("classes of django"),
    },
)
