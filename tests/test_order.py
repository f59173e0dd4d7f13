"""What takes effect only before something else: the tables and real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import order as oracle
import pytest

from flake8_launcher.knowledge import environment_variables, instrumentors
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge.instrumentation import REPLACED

ORACLE = Path(__file__).parent / "oracle" / "order.py"
VARIABLES = [name for name in oracle.CASES if name.isupper() or name == name.lower() != name]


def shown(name: str, when: str) -> str:
    clean = {key: value for key, value in os.environ.items() if key in ("HOME", "LANG", "PATH")}
    command = [sys.executable, "-W", "ignore", str(ORACLE), name, when]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, env=clean)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()[-1]


def is_there(module: str) -> bool:
    try:
        return not module or find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("name", oracle.CASES)
def test_late_differs_where_it_matters(name: str) -> None:
    case = oracle.CASES[name]
    if not is_there(case.needs):
        pytest.skip(f"{case.needs} is not installed")
    assert (shown(name, "early") != shown(name, "late")) is case.matters


def test_a_zone_has_no_effect_before_the_process_is_told() -> None:
    assert shown("TZ", "early") == shown("TZ", "late") == repr(False)
    assert shown("TZ told", "late") == repr(("JST", "JST"))


@pytest.mark.parametrize("row", environment_variables.READERS, ids=lambda row: row.variables[0])
def test_each_variable_is_shown_or_has_a_source(row: environment_variables.Reader) -> None:
    assert row.source or any(
        row in environment_variables.readers(name) for name in oracle.CASES if name in VARIABLES
    )


@pytest.mark.parametrize("name", [one for one, case in oracle.CASES.items() if not case.matters])
def test_what_may_come_late_is_in_no_table(name: str) -> None:
    assert not environment_variables.readers(name)


def test_calls_that_read_are_noted() -> None:
    calls = {call for row in environment_variables.READERS for call in row.calls}
    assert calls == known.READ_BY_CALLS


def test_what_is_wrapped_in_place_is_not_replaced() -> None:
    assert not instrumentors.effect_of("ddtrace.patch", {"requests": True}).misses
    assert "psycopg.connect" in instrumentors.effect_of("ddtrace.patch_all", {}).replaces


def test_what_is_noted_is_replaced_or_missed() -> None:
    missed: set[str] = set().union(*known.OBJECTS.values(), *known.AGENTS.values())
    replaced: set[str] = set().union(*REPLACED.values())
    assert known.MAKES - missed <= replaced
