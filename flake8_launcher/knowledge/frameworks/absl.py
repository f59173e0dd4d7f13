"""Abseil, of which the logging counts."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("absl-py",),
    log=(
        "absl.logging.use_absl_handler",
        "absl.logging.get_absl_handler().use_absl_log_file",
        "absl.logging.get_absl_handler().start_logging_to_file",
    ),
)
