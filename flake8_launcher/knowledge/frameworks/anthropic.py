"""Anthropic's API."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("anthropic",),
    keys=alike("ANTHROPIC_API_KEY", "anthropic.Anthropic", "anthropic.AsyncAnthropic"),
)
