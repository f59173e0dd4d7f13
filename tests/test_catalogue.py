"""What keeps the rules one set: codes, names, documentation, wording."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

import harness
import literate
import pytest

from flake8_launcher import catalogue, codes, options, rules
from flake8_launcher.gate import Gate
from flake8_launcher.knowledge import evidence, weaknesses
from flake8_launcher.knowledge.model import Framework
from flake8_launcher.launch import Folders, Launcher
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.plugin import Plugin
from flake8_launcher.rule import HEADINGS, Rule, Severity

TESTS = Path(__file__).parent
CHANGELOG = TESTS.with_name("CHANGELOG.md")
PAGES = TESTS.with_name("docs") / "rules"
RULES = rules.discover()
EACH_RULE = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in RULES])

_QUALIFIED_START = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\(|_\w)|[A-Z][A-Z0-9]+ is set")
"""A qualified name, a call, or a variable of the environment."""
_LOOKS_LIKE_A_PLACE = re.compile(r":\d+:\d*:? ")


def headings(rule: Rule) -> list[str]:
    return re.findall(r"^## (.+)$", inspect.cleandoc(rule.__doc__ or ""), re.MULTILINE)


def test_rules_are_in_the_order_of_their_codes() -> None:
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)
    assert [rule.code for rule in RULES[:4]] == ["LS101", "LS102", "LS103", "LS104"]


@pytest.mark.parametrize("attribute", ["code", "name"])
def test_unique(attribute: str) -> None:
    counts = Counter(getattr(rule, attribute) for rule in RULES)
    assert max(counts.values()) == 1, counts


def test_every_module_below_rules_holds_one_rule() -> None:
    modules = {
        module.name
        for module in pkgutil.walk_packages(rules.__path__, rules.__name__ + ".")
        if not module.ispkg
    }
    assert {type(rule).__module__ for rule in RULES} == modules
    assert len(RULES) == len(modules)


def test_a_module_is_named_as_its_rule() -> None:
    for rule in RULES:
        module = importlib.import_module(type(rule).__module__)
        assert module.__name__.rpartition(".")[2] == rule.name.replace("-", "_")


def test_groups() -> None:
    groups = {
        "1": "review",
        "2": "monkey_patching",
        "3": "configuration",
        "4": "dynamic_import",
        "5": "error_handling",
        "6": "order",
    }
    for rule in RULES:
        assert type(rule).__module__.split(".")[-2] == groups[rule.code[2]]
        assert rule.opt_in is (rule.code[2] == "1")


@EACH_RULE
def test_headings_are_known_and_in_order(rule: Rule) -> None:
    found = headings(rule)
    assert found == [heading for heading in HEADINGS if heading in found]


@EACH_RULE
def test_documentation_cites_a_weakness_by_its_number(rule: Rule) -> None:
    text = inspect.cleandoc(rule.__doc__ or "")
    for number in re.findall(r"CWE[ -]?(\w+)", text):
        assert number.isdigit()
        assert f"CWE-{number}" in text
        assert int(number) in rule.weaknesses
    if rule.code == "LS104":
        assert {732, 15} <= {*rule.weaknesses}


@EACH_RULE
def test_severity(rule: Rule) -> None:
    assert (rule.severity is Severity.REVIEW) is rule.opt_in
    assert set(rule.weaknesses) <= set(weaknesses.TITLES)
    assert 0 <= rule.security <= 10
    if rule.security >= 7:
        assert rule.severity is Severity.HIGH
    page = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert f"\nSeverity: {rule.severity.value}. Weakness: {catalogue.cited(rule)}.\n" in page


def test_the_codes_are_listed() -> None:
    assert codes.EVERY == tuple(rule.code for rule in catalogue.every_rule())


@EACH_RULE
def test_every_rule_has_a_test_document(rule: Rule) -> None:
    document = TESTS / "rules" / f"{rule.code}.md"
    title = document.read_text(encoding="utf-8").partition("\n")[0]
    assert title == f"# {rule.code} {rule.name}"
    cases = literate.read(document)
    assert any(case.is_near_miss for case in cases)
    assert any(case.expectations for case in cases)


def test_every_test_document_has_a_rule() -> None:
    documents = {literate.checks(document) for document in TESTS.joinpath("rules").glob("*.md")}
    assert documents == {rule.code for rule in RULES} | {literate.REVIEW}


@EACH_RULE
def test_a_page_keeps_the_contract(rule: Rule) -> None:
    """What is wrong, what is printed, when to ignore it and how, what is not seen, how often."""
    page = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert re.findall("^## (.+)$", page, re.MULTILINE) == [
        *headings(rule),
        "Limits",
        "Accept it",
        "Evidence",
    ]
    for part in page.split("\n## ")[1:]:
        assert part.partition("\n")[2].strip()
    ignore = catalogue.section(rule, "When to ignore it")
    assert ignore.endswith((".", "`")) and len(ignore) > 40
    assert re.search(rf"^It reports:\n\n```text\n.*:\d+:\d+: {rule.code} ", page, re.MULTILINE)
    assert f"`# noqa: {rule.code}`" in page
    files, projects = evidence.FOUND.get(rule.code, (0, 0))
    assert bool(files) is bool(projects) and projects <= evidence.PROJECTS
    assert (f"found in {files} file" if files else "nothing was found") in page


def test_the_catalogue_filters() -> None:
    """Each choice has a rule of the style sheet, and each row what the choice asks for."""
    page = (PAGES / "index.md").read_text(encoding="utf-8")
    style = (PAGES.parent / "_static" / "catalogue.css").read_text(encoding="utf-8")
    chosen = set(re.findall(r'id="([\w-]+)"', page)) - {"severity-all", "group-all"}
    assert chosen == set(re.findall(r"#([\w-]+):checked", style))
    assert {one.value for one in Severity} == {
        one.removeprefix("severity-") for one in chosen if one.startswith("severity-")
    }
    assert page.count('<span class="severity-') == len(catalogue.every_rule())
    titles = {f"group-{one.lower()}" for one in re.findall(r"^## (LS\d):", page, re.MULTILINE)}
    assert titles == {one for one in chosen if one.startswith("group-")}


@EACH_RULE
def test_every_rule_has_a_page(rule: Rule) -> None:
    page = PAGES / f"{rule.code}.md"
    assert rule.name in page.read_text(encoding="utf-8")


@EACH_RULE
def test_the_version_that_brought_the_rule_is_in_the_changelog(rule: Rule) -> None:
    sections = re.split(r"^## ", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (section,) = (text for text in sections if re.match(rf"\[?v?{re.escape(rule.since)}\b", text))
    assert rule.code in section


@EACH_RULE
def test_the_options_that_a_rule_reads_are_fields(rule: Rule) -> None:
    assert rule.reads <= {option.name for option in fields(options.Options)}
    documented = inspect.cleandoc(rule.__doc__ or "").partition("## Options\n")[2]
    named = {
        option.name
        for option in fields(options.Options)
        if f"`{options.flag(option.name)}`" in documented
    }
    assert named <= rule.reads | {"entry_points"}


@EACH_RULE
def test_only_options_that_exist_are_documented(rule: Rule) -> None:
    known = {options.flag(option.name) for option in fields(options.Options)}
    assert set(re.findall(r"--launcher-[\w-]+", rule.__doc__ or "")) <= known


def test_the_entry_point() -> None:
    (point,) = (
        point
        for point in metadata.entry_points(group="flake8.extension")
        if point.dist and point.dist.name == "flake8-launcher"
    )
    assert (point.name, point.value) == ("LS", "flake8_launcher.plugin:Plugin")


class Watched:
    """Options that know which rule reads them."""

    read: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self, chosen: options.Options) -> None:
        self._chosen = chosen

    def __getattr__(self, name: str) -> object:
        self.note(name)
        return getattr(self._chosen, name)

    @classmethod
    def note(cls, name: str) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            asking = frame.f_locals.get("self")
            if isinstance(asking, Rule):
                cls.read.add((asking.code, name))
            frame = frame.f_back


@pytest.fixture(name="messages", scope="module")
def all_messages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str]]]:
    """Return what the rules say on the cases of all test documents; see what they read."""
    kept = Plugin._options, Plugin._rules
    sources = vars(ProjectModules)["sources"]

    def watched(self: ProjectModules) -> object:
        Watched.note("python")
        return sources.func(self)

    ProjectModules.sources = property(watched)  # type: ignore[assignment,method-assign]
    found = set()
    for document in sorted(TESTS.joinpath("rules").glob("*.md")):
        for case in literate.read(document):
            folder = tmp_path_factory.mktemp("case")
            harness.write(folder, case.files)
            harness.configure(["--select=LS", *harness.as_arguments(case.options)])
            Plugin._options = Watched(Plugin._options)  # type: ignore[assignment]
            for name in case.checked:
                reports = harness.check(case.files[name], str(folder / name))
                found |= {(report.code, report.text) for report in reports}
    Plugin._options, Plugin._rules = kept
    ProjectModules.sources = sources  # type: ignore[method-assign]
    yield sorted(found)


@pytest.mark.once
def test_what_rules_read_of_the_options(messages: list[tuple[str, str]]) -> None:
    declared = {(rule.code, name) for rule in RULES for name in rule.reads}
    assert declared >= Watched.read
    # what is kept for a launcher is read by the rule that asks first
    assert {name for _, name in Watched.read} == {name for _, name in declared}


@pytest.mark.once
def test_wording(messages: list[tuple[str, str]]) -> None:
    assert {code for code, _ in messages} == {rule.code for rule in RULES}
    for code, text in messages:
        message = f"{code} {text}"
        assert re.fullmatch(r"LS\d{3} \S.*\S", message), message
        assert text[0].islower() or _QUALIFIED_START.match(text), message
        assert not text.endswith((".", ":", ",")), message
        assert "\n" not in text, message
        assert "  " not in text, message
        assert not _LOOKS_LIKE_A_PLACE.search(message), message
        assert message.isprintable(), message
        assert len(message) < 400, message


@pytest.mark.once
def test_reports_of_two_rules_do_not_read_the_same(messages: list[tuple[str, str]]) -> None:
    codes: dict[str, set[str]] = {}
    for code, text in messages:
        codes.setdefault(text, set()).add(code)
    assert all(len(found) == 1 for found in codes.values())


DOCUMENT = "Something is wrong.\n\n" + "\n\n".join(f"## {one}\n\nText." for one in HEADINGS[:5])


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"code": "LS1"}, "needs a code"),
        ({"code": "LS901"}, "needs a code"),
        ({"code": "X101"}, "needs a code"),
        ({"name": "Two Words"}, "needs a code"),
        ({"name": ""}, "needs a code"),
        ({"since": ""}, "needs a code"),
        ({"severity": None}, "needs a severity"),
        ({"weaknesses": None}, "needs a severity"),
        ({"__doc__": "Something is wrong."}, "lacks What it does, Why, .*, When to ignore it"),
        ({"__doc__": DOCUMENT.replace("## Why", "## How")}, "lacks Why"),
        ({"__doc__": None}, "lacks"),
    ],
    ids=str,
)
def test_a_rule_without_identity_or_documentation_is_refused(
    members: dict[str, object], message: str
) -> None:
    identity = {"code": "LS199", "name": "some-rule", "since": "0.1.0", "__doc__": DOCUMENT}
    whole = {**identity, "severity": Severity.LOW, "weaknesses": ()}
    assert issubclass(type("Whole", (Rule,), whole), Rule)
    with pytest.raises(TypeError, match=message):
        type("Part", (Rule,), whole | members)


def code_of(title: str) -> dict[str, Any]:
    """Return what the code below a heading of the page for developers defines."""
    page = (TESTS.with_name("docs") / "developing.md").read_text("utf-8")
    _, _, section = page.partition(f"## {title}\n")
    code = re.search(r"(?s)( *)(`{3,})python\n(.*?)\n\1\2\n", section)
    assert code is not None
    known: dict[str, Any] = {}
    exec(textwrap.dedent(code[3]), known)
    return known


@pytest.mark.once
def test_what_developers_copy_works(tmp_path: Path) -> None:
    rule = code_of("Adding a rule")["UnlockedDoor"]()
    path, files = catalogue.example(rule, "Example")
    text = files[path]
    admission = Gate(()).admit(text, str(tmp_path / path))
    assert admission is not None
    launcher = Launcher(ast.parse(text), text, admission, (), Folders())
    (found,) = rule.check(launcher, options.Options())
    assert (found.line, found.text) == (3, "waitress.serve has no lock")
    assert headings(rule) == list(HEADINGS)[: len(headings(rule))]
    known = code_of("Adding a framework")["FRAMEWORK"]
    assert isinstance(known, Framework) and {*known.endings} == {*known.serve}
