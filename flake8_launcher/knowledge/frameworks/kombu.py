"""Kombu, messaging."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework

FRAMEWORK = Framework(
    distributions=("kombu",),
    create=(
        "kombu.mixins.ConsumerMixin",
        "kombu.mixins.ConsumerProducerMixin",
    ),
    serve=(
        "kombu.mixins.ConsumerMixin().run",
        "kombu.mixins.ConsumerProducerMixin().run",
    ),
    log=("kombu.log.setup_logging",),
    endings={
        "kombu.mixins.Consumer*Mixin().run": Ending(
            blocks=True,
            status="none",
            respawns=True,
            tells="tries to reach the broker again for ever",
        ),
    },
    errors={
        "kombu.exceptions.KombuError": ("Exception",),
        "kombu.exceptions.OperationalError": ("kombu.exceptions.KombuError",),
    },
)
