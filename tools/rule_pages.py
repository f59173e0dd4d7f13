"""Write the pages that follow from the code, or check that they are fresh.

    python tools/rule_pages.py          write them
    python tools/rule_pages.py --check  name the stale ones and end with status 1

Each rule's docstring becomes ``docs/rules/LSnnn.md``, all rules together the catalogue
``docs/rules/index.md``, the table in ``README.md`` and the codes in ``flake8_launcher/codes.py``,
and the fields of ``Options`` the page ``docs/options.md``. The output below the commands in the
README, ``docs/usage.md`` and ``docs/report.md`` is what they give, and the picture what the report
draws.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from flake8_launcher import catalogue
from flake8_launcher.options import Options, flag
from flake8_launcher.rule import Rule, Severity

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
RULES = ROOT / "docs" / "rules"
OPTIONS = ROOT / "docs" / "options.md"
CODES = ROOT / "flake8_launcher" / "codes.py"

NOTICE = "<!-- Written by tools/rule_pages.py from {source}: edit that. -->\n"
TABLE = re.compile(r"(?<=<!-- rules: begin -->\n).*?(?=<!-- rules: end -->\n)", re.DOTALL)
USAGE = ROOT / "docs" / "usage.md"
REPORT = ROOT / "docs" / "report.md"
PICTURE = ROOT / "docs" / "first_steps.svg"
DRAWN = "flake8-launcher report --isolated --format svg first_steps/parcels/server.py"
CURE = "## Use instead"
SHOWN = re.compile(
    r"(?<=```console\n)(\$ (?:.* && |python -m )?(flake8(?:[-_]launcher)? .*)\n)"
    r"(?:.*\n)*?(?=```\n)"
)


def main() -> int:
    """Write or check the pages; return the exit status."""
    parser = argparse.ArgumentParser(description="Write the pages that follow from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing, name stale pages")
    check: bool = parser.parse_args().check

    pages = dict(make_pages(catalogue.every_rule()))
    stale = [path for path, text in pages.items() if read(path) != text]
    orphans = [path for path in sorted(RULES.glob("LS*.md")) if path not in pages]
    for path in [*stale, *orphans]:
        print(path.relative_to(ROOT), "is stale" if check else "is renewed")
    if check:
        return 1 if stale or orphans else 0
    RULES.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(pages[path], encoding="utf-8", newline="\n")
    for path in orphans:
        path.unlink()
    return 0


def read(path: Path) -> str:
    """Return the text of a page, or nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def make_pages(every: Sequence[Rule]) -> Iterator[tuple[Path, str]]:
    """Yield every page's path and text."""
    findings = found_in_examples(every)
    for rule in every:
        yield RULES / f"{rule.code}.md", rule_page(rule, findings.get(rule.code, []))
    yield RULES / "index.md", catalogue_page(every)
    yield OPTIONS, options_page(every)
    yield CODES, codes(every)
    yield README, readme(read(README), every)
    yield USAGE, with_output(read(USAGE))
    yield REPORT, with_output(read(REPORT))
    yield PICTURE, run(DRAWN)


def codes(every: Iterable[Rule]) -> str:
    """Return the module that lists the codes."""
    lines = "".join(f'    "{rule.code}",\n' for rule in every)
    head = '"""The codes of all rules. Written by tools/rule_pages.py: do not edit."""\n\n'
    return f"{head}from __future__ import annotations\n\nEVERY = (\n{lines})\n"


def readme(text: str, every: Iterable[Rule]) -> str:
    """Return the README with its table of rules and the output of its command renewed."""
    # where the README is shown alone, links to files of the project lead nowhere
    table = "\n".join(table_rows(every, linked=False))
    text = TABLE.sub(lambda match: f"{table}\n", text)
    return with_output(text)


def with_output(text: str) -> str:
    """Return a page with the output below its commands renewed."""
    return SHOWN.sub(lambda match: match[1] + run(match[2]), text)


def run(command: str) -> str:
    """Return what a command of flake8 or of this package prints in the checkout."""
    name, *rest = shlex.split(command)
    arguments = [sys.executable, "-m", name.replace("-", "_"), *rest]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True).stdout


def found_in_examples(every: Iterable[Rule]) -> dict[str, list[str]]:
    """Return what flake8 prints of each rule about the rule's own example."""
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rule in every:
            for path, text in catalogue.example(rule)[1].items():
                file = Path(folder, rule.code, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            # what is installed in the environment of this process does not matter
            packages = Path(folder, rule.code, ".venv", "lib", "python3", "site-packages")
            packages.mkdir(parents=True)
            packages.parents[2].joinpath("pyvenv.cfg").touch()
        command = [sys.executable, "-m", "flake8", "--isolated", "--select=LS"]
        printed = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout
    for line in printed.splitlines():
        code, _, rest = line.removeprefix("./").partition("/")
        if f" {code} " in rest:
            found.setdefault(code, []).append(rest)
    return found


def rule_page(rule: Rule, findings: Sequence[str]) -> str:
    """Return the page of one rule: its docstring under its code and name.

    :param findings: what is printed about the example.
    """
    source = type(rule).__module__.replace(".", "/") + ".py"
    summary, *others = catalogue.page(rule)
    default = (
        "Off by default: see [switching on](../usage.md)." if rule.opt_in else "On by default."
    )
    return "\n".join(
        [
            NOTICE.format(source=source),
            f"# {rule.code} {rule.name}\n",
            f"```{{versionadded}} {rule.since}\n```\n",
            f"{summary}\n",
            f"{default}\n",
            *(f"{with_findings(paragraph, findings)}\n" for paragraph in others),
        ]
    )


def with_findings(text: str, findings: Sequence[str]) -> str:
    """Return a page's text with what is printed about the example, between that and the cure."""
    if not findings:
        return text
    block = "\n".join(("```text", *findings, "```"))
    return text.replace(f"\n{CURE}\n", f"\nIt reports:\n\n{block}\n\n{CURE}\n", 1)


def catalogue_page(every: Sequence[Rule]) -> str:
    """Return the page that lists every rule, group by group."""
    parts = [
        NOTICE.format(source="the rules"),
        "# Rules\n",
        "A code and its name never change, and are never used again.\n",
        controls(every),
    ]
    for title, members in groupby(every, catalogue.group):
        parts.append(f"## {title}\n")
        parts.append("\n".join(table_rows(members, linked=True)) + "\n")
    parts.append("```{toctree}\n:hidden:\n:glob:\n\nLS*\n```\n")
    return "\n".join(parts)


def controls(every: Sequence[Rule]) -> str:
    """Return what chooses the rows of the catalogue, in HTML; ``_static/catalogue.css`` acts."""
    graver = [one.value for one in Severity]
    groups = [(title.partition(":")[0], title) for title, _ in groupby(every, catalogue.group)]
    return "\n".join(
        [
            '<div class="rule-filter">',
            *_choices("severity", "Severity", [(one, one) for one in graver]),
            *_choices("group", "Group", [(name.lower(), name) for name, _ in groups]),
            "</div>\n",
        ]
    )


def _choices(name: str, legend: str, values: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"<fieldset><legend>{legend}</legend>"
    for value, label in (("all", "all"), *values):
        checked = " checked" * (value == "all")
        radio = f'<input type="radio" name="{name}" id="{name}-{value}"{checked}>'
        yield f"<label>{radio} {label}</label>"
    yield "</fieldset>"


def table_rows(members: Iterable[Rule], linked: bool) -> Iterator[str]:
    """Yield the lines of a table of rules, with links to the pages beside it or without."""
    yield "| Code | Name | Default | Severity | What it reports |"
    yield "|---|---|---|---|---|"
    for rule in members:
        link = f"[{rule.code}]({rule.code}.md)" if linked else rule.code
        default = "off" if rule.opt_in else "on"
        summary = catalogue.summary(rule)
        severity = rule.severity.value
        if linked:
            severity = f'<span class="severity-{severity}">{severity}</span>'
        yield f"| {link} | {rule.name} | {default} | {severity} | {summary} |"


def options_page(every: Iterable[Rule]) -> str:
    """Return the page of the options, with the rules that read each."""
    parts = [
        NOTICE.format(source="flake8_launcher/options.py"),
        "# Options\n",
        "Each option is empty by default. It stands on the command line, or without its dashes",
        "in the `[flake8]` section of `setup.cfg`, `tox.ini` or `.flake8`, where a list may also",
        "go over several lines.\n",
    ]
    for option in dataclasses.fields(Options):
        name = flag(option.name)
        users = [rule.code for rule in every if option.name in rule.reads]
        links = ", ".join(f"[{code}](rules/{code}.md)" for code in users)
        if option.name == "entry_points":
            links = "all that ask about a launch"
        parts += [
            f"## `{name}`\n",
            f"{sentence(option.metadata['help'])}\n",
        ]
        if links:
            parts.append(f"Rules: {links}\n")
        parts += [
            "```ini",
            "[flake8]",
            f"{name.removeprefix('--')} = {option.metadata['form']}",
            "```\n",
        ]
    return "\n".join(parts)


def sentence(text: str) -> str:
    """Return a help text as a sentence."""
    return text[0].upper() + text[1:] + "."


if __name__ == "__main__":
    sys.exit(main())
