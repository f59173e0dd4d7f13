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
