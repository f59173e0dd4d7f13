"""Measure what the plugin costs, as ratios within one run.

    python tools/benchmark.py DIRECTORY [--rounds N] [--launcher FILE]

Run it where flake8-launcher is installed. It prints:

*tree*
    flake8 over the directory, one job, in a new process each time: with the plugin hidden from
    flake8, with the plugin but its review rules off, and with them on. The three take turns, so
    that a slow moment of the machine meets all of them; ratios are taken within a round, and their
    median counts.
*within one run*
    the CPU time that the plugin itself took in one run over the directory, and all the rest took.
    It leaves out what the plugin costs the others, and varies less than two runs do: a busy
    machine slows both.
*launcher*
    the same as for the tree, for a single launcher, as an editor calls flake8.
*file by file*
    in one process, the plugin's share of what pyflakes spends on the same syntax trees, the files
    that cost most, and the file that made the plugin import astroid.
*memory*
    the memory of one process after 50 and after 1,000 launchers, made from the examples of the
    rules' test documents; and of another one after it has checked the same file so many times, as
    an editor does, while the modules that it imports change on the disk.

CPU time is user and system time of the process. Nothing here is a test: a machine's figures hold
for that machine.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
import time
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EXAMPLE = Path(__file__).resolve().parent.parent / "first_steps" / "parcels" / "server.py"

FLAKE8 = """
import importlib.metadata, sys
hidden = sys.argv.pop(1)
find = importlib.metadata.distributions
importlib.metadata.distributions = lambda: [d for d in find() if d.metadata["Name"] != hidden]
from flake8.main.cli import main
sys.exit(main())
"""
"""Runs flake8 without the distribution that the first argument names."""

TIMED = """
import sys, time
from flake8.main.cli import main
from flake8_launcher.plugin import Plugin

run = Plugin.run
spent = 0.0

def timed(plugin):
    global spent
    start = time.process_time()
    found = list(run(plugin))
    spent += time.process_time() - start
    return found

Plugin.run = timed
status = main()
rest = time.process_time() - spent
text = f"{spent:.2f} s in the plugin, {rest:.2f} s in all the rest: ratio {1 + spent / rest:.4f}"
print(text, file=sys.stderr)
sys.exit(status)
"""
"""Runs flake8, and prints what of its time the plugin took."""

DOCUMENTS = Path(__file__).resolve().parent.parent / "tests" / "rules"

MEMORY = """
import argparse, ast, os, sys
from pathlib import Path
from flake8_launcher.plugin import Plugin

Plugin.parse_options(argparse.Namespace(select=["LS"], extend_select=[]))
folder, editor, page = Path(sys.argv[1]), sys.argv[2] == "editor", os.sysconf("SC_PAGE_SIZE")
files = sorted(folder.rglob("*.py"))
helpers = sorted(folder.glob("helpers/*.py"))
for number in range(1, 1001):
    path = folder / "editor.py" if editor else files[number % len(files)]
    if editor:
        helper = helpers[number % len(helpers)]
        helper.write_text(f"{helper.read_text()}VERSION = {number}\\n")
    text = path.read_text()
    list(Plugin(ast.parse(text), str(path), text.splitlines(keepends=True)).run())
    if number in (50, 1000):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        print(f"after {number:5} {pages * page / 2**20:8.1f} MB")
"""
"""Prints what memory a process has (on Linux) in which the plugin has checked many files."""

VARIANTS = {
    "absent": ("flake8-launcher", "E,F,W"),
    "off": ("nothing", "E,F,W"),
    "on": ("nothing", "E,F,W,LS"),
}
"""What is hidden from flake8, and what it is told to select."""


@dataclass(frozen=True)
class Cost:
    """What a process used.

    :ivar cpu: seconds of user and system time.
    :ivar memory: megabytes of memory at its peak.
    """

    cpu: float
    memory: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what the plugin costs.")
    parser.add_argument("directory", type=Path, help="a tree of Python files")
    parser.add_argument("--rounds", type=int, default=3, help="turns over the tree (default 3)")
    parser.add_argument("--launcher", type=Path, default=EXAMPLE, help="a single launcher")
    arguments = parser.parse_args()

    files = sorted(path for path in arguments.directory.rglob("*.py") if path.is_file())
    if not files:
        parser.error(f"no Python file below {arguments.directory}")
    run_flake8("on", arguments.launcher)  # writes bytecode that later runs only read
    print_turns(f"tree: {len(files)} files", arguments.directory, arguments.rounds)
    print(f"\nwithin one run\n{timed(arguments.directory)}")
    print_turns(f"launcher: {arguments.launcher.name}", arguments.launcher, 10)
    print_files(files)
    print_memory()


def print_memory() -> None:
    """Print what memory a process has that checks many launchers, or one many times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_launchers(folder)
        for what, title in (("files", "many launchers"), ("editor", "one launcher, many times")):
            command = [sys.executable, "-c", MEMORY, name, what]
            shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            print(f"\nmemory, {title}\n{shown}", end="")


def write_launchers(folder: Path) -> None:
    """Write launchers, and one that imports modules that an editor's case changes."""
    number = 0
    for document in sorted(DOCUMENTS.glob("*.md")):
        for text in re.findall(r"```python\n(.*?)```", document.read_text("utf-8"), re.DOTALL):
            try:
                ast.parse(text)
            except SyntaxError:
                continue
            package = folder / f"package{number % 40}"
            package.mkdir(exist_ok=True)
            (package / f"module{number}.py").write_text(text, "utf-8")
            number += 1
    (folder / "helpers").mkdir()
    (folder / "helpers" / "__init__.py").write_text("")
    calls = []
    for index in range(10):
        text = "import eventlet\n\n\ndef patch():\n    eventlet.monkey_patch()\n"
        (folder / "helpers" / f"helper{index}.py").write_text(text)
        calls.append(f"from helpers import helper{index}\nhelper{index}.patch()\n")
    serve = "import uvicorn\nuvicorn.run('orchard.api:app')\n"
    (folder / "editor.py").write_text("".join([*calls, serve]))


def print_turns(title: str, target: Path, rounds: int) -> None:
    """Let the variants take turns on a target, and print their medians."""
    turns = [{variant: run_flake8(variant, target) for variant in VARIANTS} for _ in range(rounds)]
    print(f"\n{title}, {rounds} rounds")
    print(f"{'plugin':8} {'CPU s':>8} {'ratio':>8} {'lowest':>8} {'highest':>8} {'MB more':>8}")
    for variant in VARIANTS:
        ratios = [turn[variant].cpu / turn["absent"].cpu for turn in turns]
        cpu = median(turn[variant].cpu for turn in turns)
        memory = median(turn[variant].memory - turn["absent"].memory for turn in turns)
        print(
            f"{variant:8} {cpu:8.2f} {median(ratios):8.3f} {min(ratios):8.3f}"
            f" {max(ratios):8.3f} {memory:8.1f}"
        )


def timed(directory: Path) -> str:
    """Return what the plugin took of one run over a directory."""
    command = [sys.executable, "-c", TIMED, *options_for("on"), str(directory)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr.strip()


def options_for(variant: str) -> list[str]:
    """Return what flake8 is called with."""
    return ["-j1", "--isolated", "--exit-zero", f"--select={VARIANTS[variant][1]}"]


def run_flake8(variant: str, target: Path) -> Cost:
    """Run flake8 on a target in a process of its own.

    :raises RuntimeError: when flake8 ends with another status than 0.
    """
    command = [sys.executable, "-c", FLAKE8, VARIANTS[variant][0], *options_for(variant)]
    process = subprocess.Popen([*command, str(target)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"flake8 ended with status {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def print_files(files: list[Path]) -> None:
    """Run pyflakes and the plugin over the files in this process, and print what they cost."""
    from pyflakes.checker import Checker  # type: ignore[import-untyped]

    from flake8_launcher.plugin import Plugin

    Plugin.parse_options(argparse.Namespace(select=["LS"], extend_select=[]))
    costs: list[tuple[float, float, Path]] = []
    reported: set[Path] = set()
    importer: Path | None = None
    for path, tree, lines in read_files(files):
        start = time.process_time()
        if list(Plugin(tree, str(path), lines).run()):
            reported.add(path)
        between = time.process_time()
        Checker(tree, filename=str(path))
        costs.append((between - start, time.process_time() - between, path))
        if importer is None and "astroid" in sys.modules:
            importer = path

    print(f"\nfile by file: {len(costs)} files that parse, {len(reported)} with findings")
    print(f"plugin / pyflakes, all files          {share(costs):8.4f}")
    quiet = [cost for cost in costs if cost[2] not in reported]
    print(f"plugin / pyflakes, without findings   {share(quiet):8.4f}")
    print(f"first file that needed astroid        {importer or 'none'}")
    print("most expensive files, milliseconds")
    for cost, _, path in sorted(costs, reverse=True)[:5]:
        print(f"{cost * 1000:8.1f}  {path}{' (with findings)' if path in reported else ''}")


def share(costs: list[tuple[float, float, Path]]) -> float:
    """Return what the plugin used as a share of what pyflakes used."""
    pyflakes = sum(cost[1] for cost in costs)
    return sum(cost[0] for cost in costs) / pyflakes if pyflakes else 0.0


def read_files(files: list[Path]) -> Iterator[tuple[Path, ast.Module, list[str]]]:
    """Yield the files that parse, with their syntax trees and lines, as flake8 reads them."""
    for path in files:
        try:
            with tokenize.open(path) as file:
                lines = file.readlines()
            yield path, ast.parse("".join(lines)), lines
        except (SyntaxError, UnicodeError, ValueError):
            continue


if __name__ == "__main__":
    main()
