"""LangChain's client of Anthropic."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("langchain-anthropic",),
    keys={
        "langchain_anthropic.ChatAnthropic": "ANTHROPIC_API_KEY",
    },
)
