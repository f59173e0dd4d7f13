"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flake8_launcher.plugin import Plugin

KEPT = ("baseline", "_options", "_named", "_only", "_rules", "_gate", "_folders", "_causes")


@pytest.fixture(autouse=True)
def plugin_options() -> Iterator[None]:
    """Leave what the plugin keeps for a run, which lives on its class, as it was."""
    kept = {name: value for name, value in vars(Plugin).items() if name in KEPT}
    yield
    for name, value in kept.items():
        setattr(Plugin, name, value)


@pytest.fixture(autouse=True)
def no_active_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the virtual environment that runs the tests: the plugin would read its packages."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
