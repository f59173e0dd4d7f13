"""Groq's API."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("groq",),
    keys=alike("GROQ_API_KEY", "groq.AsyncGroq", "groq.Groq"),
)
