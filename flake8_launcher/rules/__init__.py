"""The rules, one a module, in one folder per group; found here, listed nowhere."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from flake8_launcher.rule import Rule


def discover() -> tuple[Rule, ...]:
    """Return one instance of every rule below this package, sorted by code."""
    rules: list[Rule] = []
    for module_info in pkgutil.walk_packages(__path__, f"{__name__}."):
        module = importlib.import_module(module_info.name)
        rules.extend(
            member()
            for member in vars(module).values()
            if inspect.isclass(member)
            and issubclass(member, Rule)
            and not inspect.isabstract(member)
            and member.__module__ == module.__name__
        )
    return tuple(sorted(rules, key=lambda rule: rule.code))
