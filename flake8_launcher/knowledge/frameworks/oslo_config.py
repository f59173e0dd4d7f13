"""oslo.config, the configuration of OpenStack."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

_REGISTER = ("oslo_config.cfg.DuplicateOptError", "ValueError")
_REGISTER_CLI = (*_REGISTER, "oslo_config.cfg.ArgsAlreadyParsedError")

FRAMEWORK = Framework(
    distributions=("oslo.config",),
    raises={
        **alike(
            _REGISTER,
            "oslo_config.cfg.*.register_opt",
            "oslo_config.cfg.*.register_opts",
        ),
        **alike(
            _REGISTER_CLI,
            "oslo_config.cfg.*.register_cli_opt",
            "oslo_config.cfg.*.register_cli_opts",
        ),
    },
    errors={
        **alike(
            ("Exception",),
            "oslo_config.cfg.Error",
            "oslo_config.iniparser.ParseError",
        ),
        **alike(
            ("oslo_config.cfg.Error",),
            "oslo_config.cfg.ArgsAlreadyParsedError",
            "oslo_config.cfg.ConfigDirNotFoundError",
            "oslo_config.cfg.ConfigFileParseError",
            "oslo_config.cfg.ConfigFilesNotFoundError",
            "oslo_config.cfg.ConfigFilesPermissionDeniedError",
            "oslo_config.cfg.DuplicateOptError",
            "oslo_config.cfg.NoSuchGroupError",
            "oslo_config.cfg.NotInitializedError",
            "oslo_config.cfg.RequiredOptError",
            "oslo_config.cfg.TemplateSubstitutionError",
        ),
        "oslo_config.cfg.ConfigSourceValueError": ("oslo_config.cfg.Error", "ValueError"),
        "oslo_config.cfg.ConfigFileValueError": ("oslo_config.cfg.ConfigSourceValueError",),
        "oslo_config.cfg.DefaultValueError": ("oslo_config.cfg.Error", "ValueError"),
        "oslo_config.cfg.NoSuchOptError": ("oslo_config.cfg.Error", "AttributeError"),
        "oslo_config.cfg.ParseError": ("oslo_config.iniparser.ParseError",),
    },
)
