"""``flake8-launcher explain``: the page of a rule, in the terminal."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Iterator, Sequence

from flake8_launcher import catalogue
from flake8_launcher.command import MISUSED
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.rule import Rule
from flake8_launcher.text import told

_FENCE = deferred(r"^```.*$", re.MULTILINE)
_LINK = deferred(r"\[([^][]+)\]\(\s*([^()\s]+)\)")
_FEW = 3
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def run(arguments: Sequence[str]) -> int:
    """Print what is written about rules.

    :returns: the exit status: 2 when there is no such rule.
    """
    parser = argparse.ArgumentParser(
        prog="flake8-launcher explain", description="Say what a rule reports, why, and what to do."
    )
    parser.add_argument("rules", nargs="+", metavar="CODE|NAME", help="LS103, or unguarded-serve")
    status = 0
    every = catalogue.every_rule()
    known = {**{rule.name: rule for rule in every}, **{rule.code.lower(): rule for rule in every}}
    for number, wanted in enumerate(parser.parse_args(arguments).rules):
        rule = known.get(wanted.lower())
        if rule is None:
            print(f"{parser.prog}: {told(_unknown(wanted, known))}", file=sys.stderr)
            status = MISUSED
        else:
            print("\n" * (number > 0) + "\n".join(_shown(rule, sys.stdout.isatty())))
    return status


def _unknown(wanted: str, known: dict[str, Rule]) -> str:
    """Return what is said of a rule that there is not, with those that may be meant.

    These are the ones that have it in their name or at the beginning of their code.
    """
    text = wanted.lower()
    near = sorted(rule.code.lower() for rule in known.values() if _is_part(text, rule))
    near = near or difflib.get_close_matches(text, known)
    meant = dict.fromkeys(f"{known[one].code} {known[one].name}" for one in near)
    if len(meant) > _FEW:
        return f"{wanted!r} fits {len(meant)} rules: {', '.join(meant)}"
    hint = f"did you mean {' or '.join(meant)}?" if meant else "`flake8-launcher rules` lists all"
    return f"there is no rule {wanted!r}: {hint}"


def _is_part(text: str, rule: Rule) -> bool:
    return text in rule.name.split("-") or (len(text) > 2 and rule.code.lower().startswith(text))


def _shown(rule: Rule, bold: bool) -> Iterator[str]:
    """Yield the lines of a rule's page: code is indented, addresses stand behind their text."""
    begin, end = (_BOLD, _PLAIN) if bold else ("", "")
    yield f"{begin}{rule.code} {rule.name}{end}"
    for paragraph in catalogue.page(rule):
        yield ""
        for number, part in enumerate(_FENCE.split(paragraph)):
            if number % 2:
                code = part.strip("\n").splitlines()
                yield from ("", *(f"    {line}".rstrip() for line in code), "")
                continue
            shown = _LINK.sub(r"\1 <\2>", catalogue.without_pages(part))
            for line in shown.strip("\n").splitlines():
                title = line.removeprefix("## ")
                yield line if title == line else f"{begin}{title}{end}"
    default = "off" if rule.opt_in else "on"
    yield f"\nSince {rule.since}; {default} by default."
