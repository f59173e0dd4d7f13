"""Regular expressions take linear time for whatever the reviewed project holds."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import attacks
import pytest

import flake8_launcher
from flake8_launcher.gate import targets, words
from flake8_launcher.knowledge import quoting, settings
from flake8_launcher.semantic import values

_MAX_FILE_NAME = 255
SECONDS = 120
"""It takes a tenth of that; what takes exponential time would never end."""


@pytest.mark.once
def test_every_expression_is_linear() -> None:
    program = Path(attacks.__file__)
    command = [sys.executable, str(program)]
    try:
        done = subprocess.run(
            command, cwd=program.parent, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        pytest.fail(f"does not end: {str(error.stdout)[-200:]}")
    assert not done.returncode, done.stderr
    lines = done.stdout.splitlines()
    assert not [line for line in lines if line.startswith("slow")]
    assert len(lines) == len(attacks.patterns())


def test_the_texts_are_short_that_others_are_asked_about() -> None:
    known = {name for names in attacks.patterns().values() for name in names}
    assert known >= attacks.SHORT.keys()
    bounds = {values._MAX_NAME, 2 * quoting._MOST + 1, settings.MAX_TEXT, 2 * words._AROUND}
    assert set(attacks.LONGEST.values()) == bounds | {targets._MAX_LINE, _MAX_FILE_NAME}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\w*x\w*y", "search"),
        (r"(?:\w*_)?\w*token", "fullmatch"),
        (r"(?:a|aa)+b", "match"),
        (r"x(?:\[.+\])+(?=$|y)", "match"),
    ],
)
def test_what_is_slow_is_seen(pattern: str, method: str) -> None:
    assert any(attacks.slow([], (pattern, 0), [method]))


def test_what_a_repeat_may_have_as_well_is_repeated() -> None:
    assert ("def ", "stop", "") in attacks.attacks(r"def [\w.]*(?:stop)\w* is None")


USED = attacks.USED | {"compile"}
OTHERS = {
    "gate/metadata.py": "an escaped name between plain characters",
    "gate/place.py": "an escaped name between plain characters",
    "gate/served.py": "an escaped name between plain characters",
    "gate/taken.py": "an escaped name between plain characters",
    "gate/targets.py": "known names between plain characters",
    "gate/words.py": "known names between plain characters: these are asked as well",
    "knowledge/deferred.py": "the function itself",
    "knowledge/order.py": "qualified names",
    "knowledge/quoting.py": "pieces of messages",
    "knowledge/security.py": "qualified names",
    "knowledge/settings.py": "one class of characters",
    "launch/around/importers.py": "escaped names at the start of a line",
    "launch/beginnings/entries.py": "an identifier between plain characters",
    "launch/questions/import_reads.py": "an expression of :mod:`flake8_launcher.knowledge.shapes`",
    "launch/questions/rebinding.py": "qualified names",
    "launch/questions/reflection.py": "one class of characters",
    "launch/beginnings/scripts.py": "an escaped name between plain characters",
    "rules/order/late_instrumentation.py": "an escaped name between plain characters",
    "semantic/formats.py": "one class of characters",
    "semantic/running/groups.py": "an escaped name between plain characters",
    "settings/declarations.py": "an expression of :mod:`flake8_launcher.knowledge.shapes`",
    "settings/readers/__init__.py": "an expression of :mod:`flake8_launcher.knowledge.shapes`",
    "settings/readers/fields.py": "an identifier between plain characters",
    "settings/readers/siblings.py": "an escaped name between plain characters",
}
"""Where expressions are made or asked in another way, and of what."""


def test_others_are_known() -> None:
    package = Path(flake8_launcher.__path__[0])
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_of_re(node.func)
    }
    assert found <= OTHERS.keys()


def _is_of_re(called: ast.expr) -> bool:
    match called:
        case ast.Attribute(attr=name, value=ast.Name(id="re")):
            return name in USED
    return False
