"""click, command lines."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("click",),
    errors={
        "click.exceptions.ClickException": ("Exception",),
        **alike(
            ("RuntimeError",),
            "click.exceptions.Abort",
            "click.exceptions.Exit",
        ),
        "click.exceptions.FileError": ("click.exceptions.ClickException",),
        "click.exceptions.UsageError": ("click.exceptions.ClickException",),
        **alike(
            ("click.exceptions.UsageError",),
            "click.exceptions.BadArgumentUsage",
            "click.exceptions.BadOptionUsage",
            "click.exceptions.BadParameter",
            "click.exceptions.NoSuchOption",
        ),
        "click.exceptions.MissingParameter": ("click.exceptions.BadParameter",),
    },
    aliases={
        f"click.{name}": f"click.exceptions.{name}"
        for name in (
            "Abort",
            "BadArgumentUsage",
            "BadOptionUsage",
            "BadParameter",
            "ClickException",
            "FileError",
            "MissingParameter",
            "NoSuchOption",
            "UsageError",
        )
    },
)
