"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flake8_launcher.plugin import Plugin


@pytest.fixture(autouse=True)
def plugin_options() -> Iterator[None]:
    """Leave the options of the plugin, which live on its class, as they were."""
    kept = Plugin._options, Plugin._rules
    yield
    Plugin._options, Plugin._rules = kept


@pytest.fixture(autouse=True)
def no_active_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the virtual environment that runs the tests: the plugin would read its packages."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
