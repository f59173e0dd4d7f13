"""All rules and what is written about them, for pages, terminals and reports."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator

from flake8_launcher import rules
from flake8_launcher.failure import FailedReview
from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import weaknesses
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.options import flag
from flake8_launcher.rule import Rule

_CHECKED = deferred(r"^`([\w/]+\.py)`:$", re.MULTILINE)
_BLOCK = r"\n((?:[^`]|`(?!``))*)^```$"
_BESIDE = deferred(rf"^`([\w/.]{{1,99}})`:\n\n```(?!python)\w{{1,20}}{_BLOCK}", re.MULTILINE)
_CODE_BLOCK = deferred(rf"^```python{_BLOCK}", re.MULTILINE)
_PAGE = deferred(r"\[([^][]+)\]\((?:\.\./(\w[\w-]*\.md)|[\w./-]+\.md)(?:#[\w-]+)?\)")


def every_rule() -> tuple[Rule, ...]:
    """Return one instance of every rule, sorted by code."""
    return (FailedReview(), *rules.discover())


def summary(rule: Rule) -> str:
    """Return what a rule reports, in one sentence."""
    return " ".join(_document(rule).partition("\n\n")[0].split())


def body(rule: Rule) -> str:
    """Return what stands below the summary, in Markdown."""
    return _document(rule).partition("\n\n")[2].strip()


def section(rule: Rule, heading: str) -> str:
    """Return what stands below one heading, in Markdown; nothing where there is none."""
    for part in f"\n{body(rule)}".split("\n## "):
        title, _, text = part.partition("\n")
        if title == heading:
            return text.strip()
    return ""


def example(rule: Rule, heading: str = "Example") -> tuple[str, dict[str, str]]:
    """Return the path of the file that an example checks, and the texts of all its files.

    :param heading: where the checked file stands; the others stand below "Example" alone.
    """
    shown = section(rule, "Example")
    told = _CHECKED.search(shown)
    path = told[1] if told else "pulse.py"
    files = dict(_BESIDE.findall(shown))
    if "/" in path:
        files.setdefault(f"{path.rpartition('/')[0]}/__init__.py", "")
    code = _CODE_BLOCK.search(section(rule, heading))
    return path, files | {path: code[1] if code else ""}


def group(rule: Rule) -> str:
    """Return what the group of a rule is about."""
    module = type(rule).__module__
    if module.startswith(f"{rules.__name__}."):
        module = module.rpartition(".")[0]
    title = inspect.getdoc(sys.modules[module]) or module
    return " ".join(title.partition("\n\n")[0].split()).rstrip(".")


def cited(rule: Rule) -> str:
    """Return the weaknesses that a rule reports, in Markdown."""
    links = [weaknesses.link(number) for number in rule.weaknesses]
    return ", ".join(links) or "no entry of the CWE fits"


def without_pages(text: str) -> str:
    """Return Markdown in which links to other pages are plain text, for use outside them.

    Of a page that is no rule's, its file is named.
    """
    return _PAGE.sub(lambda link: link[1] + (f", docs/{link[2]}" if link[2] else ""), text)


def page(rule: Rule) -> Iterator[str]:
    """Yield the paragraphs of a rule's page below its title, in Markdown.

    The first is what the rule reports, then comes what its docstring says, what it cannot see, how
    to accept a finding, and how often there is one.
    """
    yield summary(rule)
    yield f"Severity: {rule.severity.value}. Weakness: {cited(rule)}."
    yield body(rule)
    if not rule.subjects:
        return  # what the plugin says of itself
    yield "\n".join(("## Limits\n", *limits(rule)))
    named = [flag(name) for name in ("allowed_patches", "config_guards") if name in rule.reads]
    audited = "".join(f", name what was audited in `{name}`," for name in named)
    yield (
        f"## Accept it\n\nTo accept a finding, put `# noqa: {rule.code}` and the "
        f"reason on its\nline{audited} or keep it in a baseline\n"
        "([adopting on old code](../adopting.md))."
    )
    yield f"## Evidence\n\n{_evidence(rule)}"


def limits(rule: Rule) -> Iterator[str]:
    """Yield what a rule cannot see, one line of Markdown for each."""
    yield "- Where a name, a call or a value cannot be resolved, nothing is reported."
    if rule.subjects == {Subject.LAUNCH}:
        yield "- Only starts that the plugin has found are examined: `flake8-launcher report`"
        yield "  shows them."
    if rule.needs_whole_path:
        yield "- Nothing is reported of a start that is too long to follow to its end; the report"
        yield "  says where that is so."
    if "python" in rule.reads:
        yield "- What other packages do when they are imported is read where they are installed;"
        yield "  well-known ones that are not are looked up in a table: see [what findings depend"
        yield "  on](../usage.md#what-findings-depend-on)."


def _evidence(rule: Rule) -> str:
    """Return how often a rule finds something in real projects, in words."""
    from flake8_launcher.knowledge import evidence

    among = (
        f"{evidence.PROJECTS} open-source projects, with {evidence.LAUNCHERS:,} files that start\n"
        "something"
    )
    files, projects = evidence.FOUND.get(rule.code, (0, 0))
    if not files:
        return f"Tried on {among}: nothing was found. The tests have made-up cases."
    in_files = f"{files} file{'s' * (files > 1)}"
    in_projects = f"{projects} project{'s' * (projects > 1)}"
    return f"Tried on {among}: found in {in_files} of {in_projects}."


def _document(rule: Rule) -> str:
    return inspect.getdoc(type(rule)) or ""
