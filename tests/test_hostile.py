"""Whatever the code under review is called or says, no message acts on its reader or tells it on.

The cases of the test documents run again with hostile literals, names and folders.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import harness
import literate
import pytest

from flake8_launcher.text import LONGEST

DOCUMENTS = sorted(Path(__file__).with_name("rules").glob("LS*.md"))
CASES = 10
"""How many cases of each document run."""

SECRET = "S3CR3T"
PAYLOADS = (
    "\x1b[31m\n::error::\u202e\ud800\x9b ##vso[x] x://u:S3CR3T@h/?password=S3CR3T",
    "_S3CR3T4",
)
LONG = "_" + "\u0436" * 120
FOLDER = "a\x1b[2J\n::error::\u2066b"

NAME = {"LS209", "LS301", "LS302", "LS407"}
"""Rules that tell what is looked up by a literal: an attribute or option is a name to them."""

QUOTE = {"LS102", "LS303", "LS304", "LS401", "LS402", "LS403", "LS404", "LS405"}
"""Rules that tell literals of the code, so that some message must have the payload, escaped."""


def literals(text: str) -> Iterator[tuple[ast.Constant, str]]:
    """Yield the texts among the literals of a file, which stand on one line each."""
    tree = ast.parse(text)
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    inner = {id(part) for node in texts for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            if node.lineno == node.end_lineno and id(node) not in inner:
                yield node, node.value


def with_literals(
    files: Mapping[str, str], payload: str, only: str | None = None
) -> dict[str, str]:
    """Return files with a payload at the end of every literal, or of one."""
    changed = dict(files)
    for name, text in files.items():
        if not name.endswith(".py"):
            continue
        lines = text.splitlines(keepends=True)
        for node, value in sorted(literals(text), key=lambda one: -one[0].col_offset):
            if only is None or value == only:
                line = lines[node.lineno - 1].encode()
                new = repr(value + payload).encode()
                line = line[: node.col_offset] + new + line[node.end_col_offset :]
                lines[node.lineno - 1] = line.decode()
        changed[name] = "".join(lines)
    return changed


def with_names(files: Mapping[str, str]) -> dict[str, str]:
    """Return files whose functions and classes have long names."""
    names = {
        node.name
        for name, text in files.items()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("__")
    }
    if not names:
        return dict(files)
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(names))})\b")
    return {
        name: pattern.sub(lambda found: found[0] + LONG, text) for name, text in files.items()
    }


def variants(case: literate.Case, told: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield hostile forms of a case's files, each with the folder that holds them."""
    for payload in PAYLOADS:
        yield "", with_literals(case.files, payload)
    yield "", with_names(case.files)
    yield FOLDER, case.files
    values = {
        value
        for name, text in case.files.items()
        if name.endswith(".py")
        for _, value in literals(text)
    }
    for value in sorted(values):
        for payload in PAYLOADS if value in told else ():
            yield "", with_literals(case.files, payload, value)


def reports(case: literate.Case, folder: Path) -> list[harness.Report]:
    harness.write(folder, case.files)
    return [
        report
        for name in case.checked
        for report in harness.check(case.files[name], str(folder / name))
    ]


@pytest.mark.parametrize("document", [pytest.param(one, id=one.stem) for one in DOCUMENTS])
def test_no_message_is_hostile(document: Path, tmp_path: Path) -> None:
    code = literate.checks(document)
    cases = [case for case in literate.read(document) if case.expectations]
    quoted = 0
    for number, case in enumerate(cases[:: max(1, len(cases) // CASES)]):
        harness.configure(["--select=LS", *harness.as_arguments(case.options)])
        before = reports(case, tmp_path / f"{number}")
        told = " ".join(report.text for report in before if report.code == code)
        for again, (place, files) in enumerate(variants(case, told)):
            folder = tmp_path / f"{number}-{again}"
            harness.write(folder, {"setup.cfg": ""})
            for report in reports(replace(case, files=files), folder / place):
                assert report.code != "LS000", report
                text = f"{report.code} {report.text}"
                assert text.isprintable(), text
                assert len(text) <= LONGEST, text
                assert "##" not in text, text
                assert SECRET not in text or report.code in NAME, text
                quoted += report.code == code and ("\\x1b" in text or "***" in text)
    assert quoted or code not in QUOTE, "no message has the payload"


SERVICE = """\
import sys
import dotenv
import uvicorn
import yaml


def main():
    yaml.unsafe_load(open("/tmp/S3CR3T\\x1b[31m\\n::error file=x::y.yaml"))
    yaml.safe_load(open("\\ud800\\x1b]0;owned\\x07.yaml"))
    dotenv.load_dotenv("/dev/shm/a\\n::warning::y.env")
    uvicorn.run("pulse.api:app")
    print("token=S3CR3T2 listening at http://u:S3CR3T@h \\x1b[2J\\n::error::y")


if __name__ == "__main__":
    main()
"""

METADATA = """\
[project]
name = "pulse"
[project.scripts]
a = "pulse.api:start\\n::error file=x.py,line=1::y\\u001bc"
"""


def test_through_flake8_and_the_command(tmp_path: Path) -> None:
    files = {"pyproject.toml": METADATA, "pulse/__init__.py": "", "pulse/api.py": SERVICE}
    harness.write(tmp_path, files)
    completed = harness.flake8(tmp_path, "--select=LS", "pulse")
    found = harness.codes(completed)
    assert {"LS303", "LS304", "LS406"} <= set(found)
    report, misuse = (
        subprocess.run(
            [sys.executable, "-m", "flake8_launcher", "report", "--all", target],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=harness.TIMEOUT,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
        for target in ("pulse/api.py", "\x1b[2J.py")
    )
    said = f"{report.stdout}{report.stderr}{misuse.stdout}{misuse.stderr}"
    for line in (*completed.stdout.splitlines(), *said.split("\n")):
        assert line.isprintable() or not line
        assert not line.startswith("::")
        assert SECRET not in line
    assert "unsafe_load" in report.stdout
    assert (report.returncode, misuse.returncode) == (0, 2)
    assert "Traceback" not in said
