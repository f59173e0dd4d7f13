"""Gradio, web interfaces of models."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, LISTENS, WAITS, Ending, Framework

FRAMEWORK = Framework(
    distributions=("gradio",),
    create=(
        "gradio.Blocks",
        "gradio.ChatInterface",
        "gradio.Interface",
        "gradio.TabbedInterface",
    ),
    serve=(
        "gradio.Blocks().launch",
        "gradio.ChatInterface().launch",
        "gradio.Interface().launch",
        "gradio.TabbedInterface().launch",
    ),
    wait=(
        "gradio.Blocks().block_thread",
        "gradio.ChatInterface().block_thread",
        "gradio.Interface().block_thread",
        "gradio.TabbedInterface().block_thread",
    ),
    returns={
        "gradio.Blocks().queue()": "gradio.Blocks()",
        "gradio.ChatInterface().queue()": "gradio.ChatInterface()",
        "gradio.Interface().queue()": "gradio.Interface()",
        "gradio.TabbedInterface().queue()": "gradio.TabbedInterface()",
    },
    endings={
        # source only: in a script it blocks, and a keyword says otherwise
        "gradio.*().launch": Ending(
            blocks=True,
            status="raises",
            binds=True,
            swallows=INTERRUPT,
            when=(
                (
                    "prevent_thread_lock",
                    LISTENS._replace(needs="gradio.Blocks().block_thread"),
                ),
            ),
        ),
        "gradio.*().block_thread": WAITS._replace(swallows=INTERRUPT),
    },
)
