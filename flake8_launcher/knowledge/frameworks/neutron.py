"""Neutron, the networks of OpenStack, whose plugins and agents call its own functions."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("neutron",),
    application=True,
    load=(
        "neutron.common.config.init",
        "neutron.common.config.load_paste_app",
    ),
    log=("neutron.common.config.setup_logging",),
)
