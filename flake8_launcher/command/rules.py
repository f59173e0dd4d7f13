"""``flake8-launcher rules``: the catalogue."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from flake8_launcher import catalogue
from flake8_launcher.knowledge import weaknesses
from flake8_launcher.options import flag
from flake8_launcher.rule import Rule


def run(arguments: Sequence[str]) -> int:
    """Print all rules, for people or for programs.

    :returns: the exit status, 0.
    """
    parser = argparse.ArgumentParser(
        prog="flake8-launcher rules", description="List all rules, group by group."
    )
    parser.add_argument("--json", action="store_true", help="print all that is known of each")
    every = catalogue.every_rule()
    if parser.parse_args(arguments).json:
        print(json.dumps([_described(rule) for rule in every], indent=2))
    else:
        print("\n".join(_listed(every)))
    return 0


def _described(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": catalogue.summary(rule),
        "group": catalogue.group(rule),
        "since": rule.since,
        "default": not rule.opt_in,
        "severity": rule.severity.value,
        "security": rule.security,
        "weaknesses": [
            {"id": f"CWE-{number}", "title": weaknesses.TITLES[number]}
            for number in rule.weaknesses
        ],
        "options": sorted(flag(name) for name in rule.reads),
        "documentation": catalogue.body(rule),
    }


def _listed(every: Sequence[Rule]) -> Iterator[str]:
    """Yield the lines of a table of rules, with a title over each group."""
    width = max(len(rule.name) for rule in every)
    for number, (title, members) in enumerate(groupby(every, catalogue.group)):
        yield title if number == 0 else f"\n{title}"
        for rule in members:
            default = "off" if rule.opt_in else "on"
            row = f"{rule.code}  {rule.name:<{width}}  {default:<3}  {rule.severity.value:<6}"
            yield f"  {row}  {catalogue.summary(rule)}"
    yield "\n`flake8-launcher explain CODE` says more about a rule."
