"""OpenAI's API."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("openai",),
    keys=alike("OPENAI_API_KEY", "openai.AsyncOpenAI", "openai.OpenAI"),
)
