"""oslo.log, the logging of OpenStack."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

_REGISTER = ("oslo_config.cfg.DuplicateOptError", "ValueError")
_REGISTER_CLI = (*_REGISTER, "oslo_config.cfg.ArgsAlreadyParsedError")

FRAMEWORK = Framework(
    distributions=("oslo.log",),
    log=("oslo_log.log.setup",),
    raises={
        "oslo_log.log.register_options": _REGISTER_CLI,
        "oslo_log.log.setup": (
            "oslo_log.log.LogConfigError",
            "oslo_config.cfg.NoSuchOptError",
            "oslo_config.cfg.ConfigFileValueError",
            "OSError",
            "ValueError",
            "RuntimeError",
        ),
    },
    errors={
        "oslo_log.log.LogConfigError": ("Exception",),
    },
)
