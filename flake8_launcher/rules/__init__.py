"""The rules, one a module, in one folder per group; found here, listed nowhere."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Sequence
from typing import Any

from flake8_launcher.rule import Rule


def discover(prefixes: Sequence[str] | None = None, only: bool = False) -> tuple[Rule, ...]:
    """Return one instance of every rule, or of every rule that runs, sorted by code.

    The modules of a group that nobody asks for are not even imported.

    :param prefixes: what the user's ``select`` and ``extend-select`` name; none for every rule.
    :param only: whether nothing runs that they do not name.
    """
    rules: list[Rule] = []
    for group in _submodules(__name__, __path__):
        if prefixes is not None and not _may_run(group.PREFIX, group.OPT_IN, prefixes, only):
            continue
        for module in _submodules(group.__name__, group.__path__):
            rules.extend(
                member()
                for member in vars(module).values()
                if inspect.isclass(member)
                and member.__module__ == module.__name__
                and issubclass(member, Rule)
                and not inspect.isabstract(member)
            )
    return tuple(
        rule
        for rule in sorted(rules, key=lambda rule: rule.code)
        if prefixes is None or not rule.opt_in or _names(rule.code, prefixes)
    )


def _submodules(package: str, path: Sequence[str]) -> Iterator[Any]:
    for module_info in pkgutil.iter_modules(path):
        yield importlib.import_module(f"{package}.{module_info.name}")


def _names(code: str, prefixes: Sequence[str]) -> bool:
    """Tell whether the user named this code, by ``LS`` or more of it.

    A shorter prefix (``L``) is meant for another plugin; flake8's own list of codes that are off
    by default is dropped by an ``ignore`` in the user's configuration, so it is not used.
    """
    return any(len(prefix) > 1 and code.startswith(prefix) for prefix in prefixes)


def _may_run(group: str, opt_in: bool, prefixes: Sequence[str], only: bool) -> bool:
    """Tell whether a group runs: one that is on by default, or that the user named."""
    if opt_in:
        return _names(group, prefixes) or any(prefix.startswith(group) for prefix in prefixes)
    related = any(group.startswith(prefix) or prefix.startswith(group) for prefix in prefixes)
    return related or not only
