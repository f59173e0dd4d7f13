"""Attacks the plugin for some time: ``python -m fuzz --seconds 60``.

Each round has a number, from which all its projects follow; the rounds begin with 0, so that each
machine tries the same, as far as it gets. What fails is made smaller, written to a folder and
told, with the command that tries it again.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from fuzz import grammar, shapes, splices, surroundings
from fuzz.attack import Attack, Failure
from fuzz.project import Project

EXAMPLES = 60
"""How many projects a round has."""

SHRINKING = 20
"""Seconds for which a failing project is made smaller."""


@st.composite
def written(draw: st.DrawFn) -> Project:
    """Draw a launcher and a helper module from the grammar."""
    return Project(
        {
            "svc/__init__.py": draw(grammar.programs("helper")),
            "svc/other.py": draw(grammar.programs("helper")),
            "svc/cmd.py": draw(grammar.programs().filter(grammar.is_valid)),
        }
    )


FAMILIES = {
    "written": written(),
    "spliced": splices.projects(),
    "doubled": shapes.projects(),
    "broken": surroundings.projects(),
}


class Broken(Exception):
    """A promise is broken."""


class Enough(BaseException):
    """The time is over, or a failing project has been made smaller often enough."""


class Round:
    """The projects that follow from one number.

    :param number: the number.
    :param end: when to leave off, on the monotonic clock.
    :param known: what was found before, and is left alone.
    """

    def __init__(self, attack: Attack, number: int, end: float, known: set[str]) -> None:
        self._attack = attack
        self._number = number
        self._end = end
        self._known = known
        self._wanted = ""
        self.tried = 0
        self.found: tuple[Project, Failure] | None = None

    def play(self) -> None:
        """Try all projects, up to the first that fails, and make that one smaller."""
        names = sorted(FAMILIES)
        family = FAMILIES[names[self._number % len(names)]]
        attempt = seed(self._number)(
            settings(
                max_examples=EXAMPLES,
                database=None,
                deadline=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
            )(given(family)(self._attempt))
        )
        try:
            attempt()
        except (Broken, Enough):
            pass
        except HypothesisException:
            if self.found is None:
                raise

    def _attempt(self, project: Project) -> None:
        self.tried += 1
        if time.monotonic() > self._end:
            raise Enough
        for failure in self._attack.failures(project):
            if failure.known_as in self._known:
                continue
            self._wanted = self._wanted or failure.known_as
            if failure.known_as == self._wanted:
                if self.found is None:
                    self._end = time.monotonic() + SHRINKING
                self.found = project, failure
                raise Broken


def main() -> int:
    """Attack, and tell what was found.

    :returns: the exit status: 1 when something was found.
    """
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Attack the plugin.")
    parser.add_argument("--seconds", type=float, default=60, help="how long (default 60)")
    parser.add_argument("--first", type=int, default=0, help="number of the first round")
    parser.add_argument("--again", type=Path, help="try what was written to this folder")
    parser.add_argument(
        "--keep",
        type=Path,
        default=Path(tempfile.gettempdir(), "fuzz-failures"),
        help="where to write what fails (default: %(default)s)",
    )
    arguments = parser.parse_args()
    with Attack() as attack:
        if arguments.again is not None:
            failures = attack.failures_in(arguments.again.resolve())
            print("\n".join(map(str, failures)) or "nothing is wrong")
            return bool(failures)
        return bool(attacked(attack, arguments.first, arguments.seconds, arguments.keep))


def attacked(attack: Attack, first: int, seconds: float, keep: Path) -> set[str]:
    """Play rounds until the time is over, and return what was found."""
    known: set[str] = set()
    end = time.monotonic() + seconds
    tried = 0
    number = first
    while time.monotonic() < end:
        played = Round(attack, number, end, known)
        played.play()
        tried += played.tried
        if played.found is not None:
            project, failure = played.found
            known.add(failure.known_as)
            digest = hashlib.sha256(str(project).encode("utf-8", "replace")).hexdigest()[:12]
            folder = keep / digest
            project.write(folder)
            print(f"\nround {number}: {failure}\n{project}")
            print(f"again: python -m fuzz --again {folder}", flush=True)
        number += 1
    print(f"rounds {first} to {number - 1}: {tried} projects, {len(known)} failures")
    return known


if __name__ == "__main__":
    sys.exit(main())
