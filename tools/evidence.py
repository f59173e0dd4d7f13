"""Count what the rules find in real projects, for their pages.

    python tools/evidence.py ../some/project ../another/project

writes ``flake8_launcher/knowledge/evidence.py``: how many files start something, and in how many
files and projects each rule finds something. Counts alone: no name and no code of a project.
``# noqa``, configuration and what is installed do not matter. Each project is counted in a process
of its own; ``--keep FOLDER`` keeps the counts of each there, so that they are not made again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from flake8 import defaults, discover_files

from flake8_launcher import files
from flake8_launcher.causes import Causes
from flake8_launcher.gate import Gate
from flake8_launcher.launch import Folders, Launcher
from flake8_launcher.options import Options
from flake8_launcher.report.review import Review
from flake8_launcher.semantic.reading.pieces import parse

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "flake8_launcher" / "knowledge" / "evidence.py"
LAUNCHERS = "launchers"
LIMIT = 900
"""Seconds for one project; what takes longer is left out, and named."""


def main() -> int:
    """Count, and write the file; return the exit status."""
    parser = argparse.ArgumentParser(description="Count what the rules find in real projects.")
    parser.add_argument("projects", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the counts of each project")
    parser.add_argument("--print", action="store_true", help="print the counts of one project")
    given = parser.parse_args()
    if given.print:
        print(json.dumps(counted(str(given.projects[0]))))
        return 0
    every = {project.resolve().name: project for project in given.projects}
    counts = list(filter(None, (known(one, given.keep) for one in every.values())))
    WRITTEN.write_text(module(counts), encoding="utf-8", newline="\n")
    return 0


def known(project: Path, kept: Path | None) -> Counter[str]:
    """Return the counts of a project, from the folder where they are kept or made now."""
    file = kept / f"{project.resolve().name}.json" if kept else None
    if file is None or not file.exists():
        command = [sys.executable, __file__, "--print", str(project)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=LIMIT, check=True
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            print(f"{project}: {error}", file=sys.stderr)
            return Counter()
        if file is None:
            return Counter(json.loads(done.stdout))
        file.write_text(done.stdout, encoding="utf-8")
    return Counter(json.loads(file.read_text(encoding="utf-8")))


def counted(project: str) -> Counter[str]:
    """Return how many files of a project start something, and in how many a rule finds it."""
    gate, folders, options = Gate(()), Folders(), Options()
    review = Review(Causes(gate, folders, options))
    counts: Counter[str] = Counter()
    for launcher in admitted(project, gate, folders):
        counts[LAUNCHERS] += bool(launcher.launches)
        found = review.found(launcher, lambda *_: "")
        counts.update({one.finding.code for one in found if one.finding.is_here})
    return counts


def admitted(project: str, gate: Gate, folders: Folders) -> Iterator[Launcher]:
    """Yield the files of a project that there may be something to say about."""
    names = discover_files.expand_paths(
        paths=[project],
        stdin_display_name="stdin",
        filename_patterns=["*.py"],
        exclude=[*defaults.EXCLUDE, ".venv", "venv", "node_modules", "site-packages"],
    )
    for name in sorted(map(os.path.abspath, names)):
        text = files.read_source(name)
        admission = gate.admit(text, name) if text is not None else None
        tree = parse(text) if text is not None and admission is not None else None
        if text is not None and admission is not None and tree is not None:
            yield Launcher(tree, text, admission, (), folders)


def module(counts: Iterable[Counter[str]]) -> str:
    """Return the text of the module with the sums."""
    launchers = projects = 0
    rows: dict[str, tuple[int, int]] = {}
    for one in counts:
        projects += 1
        launchers += one.pop(LAUNCHERS, 0)
        for code, number in one.items():
            in_files, in_projects = rows.get(code, (0, 0))
            rows[code] = (in_files + number, in_projects + 1)
    lines = "".join(f'    "{code}": {row},\n' for code, row in sorted(rows.items()))
    return (
        '"""How often the rules find something. Written by tools/evidence.py: do not edit."""\n\n'
        "from __future__ import annotations\n\n"
        f"PROJECTS = {projects}\n"
        '"""How many real projects were looked at."""\n\n'
        f"LAUNCHERS = {launchers}\n"
        '"""How many of their files start something."""\n\n'
        f"FOUND: dict[str, tuple[int, int]] = {{\n{lines}}}\n"
        '"""For each code, in how many files and projects there is such a finding."""\n'
    )


if __name__ == "__main__":
    sys.exit(main())
