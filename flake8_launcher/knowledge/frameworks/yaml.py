"""PyYAML."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

_YAML = ("yaml.error.YAMLError", "ValueError", "TypeError", "AttributeError", "RecursionError")

FRAMEWORK = Framework(
    distributions=("PyYAML",),
    raises=alike(
        _YAML,
        "yaml.full_load",
        "yaml.load",
        "yaml.safe_load",
        "yaml.unsafe_load",
    ),
    errors={
        "yaml.error.YAMLError": ("Exception",),
        "yaml.error.MarkedYAMLError": ("yaml.error.YAMLError",),
        "yaml.reader.ReaderError": ("yaml.error.YAMLError",),
        "yaml.resolver.ResolverError": ("yaml.error.YAMLError",),
        **alike(
            ("yaml.error.MarkedYAMLError",),
            "yaml.composer.ComposerError",
            "yaml.constructor.ConstructorError",
            "yaml.parser.ParserError",
            "yaml.scanner.ScannerError",
        ),
    },
    aliases={
        "yaml.MarkedYAMLError": "yaml.error.MarkedYAMLError",
        "yaml.YAMLError": "yaml.error.YAMLError",
        "yaml.constructor.YAMLError": "yaml.error.YAMLError",
        "yaml.parser.MarkedYAMLError": "yaml.error.MarkedYAMLError",
        "yaml.reader.YAMLError": "yaml.error.YAMLError",
        "yaml.resolver.YAMLError": "yaml.error.YAMLError",
        "yaml.scanner.MarkedYAMLError": "yaml.error.MarkedYAMLError",
    },
)
