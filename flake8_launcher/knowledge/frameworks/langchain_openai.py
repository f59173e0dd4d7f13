"""LangChain's clients of OpenAI."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("langchain-openai",),
    keys=alike(
        "OPENAI_API_KEY", "langchain_openai.ChatOpenAI", "langchain_openai.OpenAIEmbeddings"
    ),
)
