"""The reports of some made-up projects, as files beside the documents that hold the projects.

    python tests/goldens.py

writes them anew; ``test_report.py`` compares.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import harness
import literate

from flake8_launcher.command import report

FOLDER = Path(__file__).parent / "reports"
LAUNCHERS = {
    "celery": "mailer/worker.py",
    "django": "shop/orders/management/commands/ship_orders.py",
    "fastapi": "ledger/main.py",
    "gevent": "tiles/__main__.py",
    "oslo": "pulse-api",
}
"""What is reported on of each project."""
FORMS = {"text": "txt", "json": "json", "mermaid": "mmd", "html": "html"}
"""The forms, and what the names of their files end with."""


def made(kind: str, form: str, folder: Path) -> str:
    """Return the report of a project, which is laid out in a folder."""
    (case,) = literate.read(FOLDER / f"{kind}.md")
    harness.write(folder, case.files)
    said = io.StringIO()
    with _inside(folder), contextlib.redirect_stdout(said):
        status = report.run(["--isolated", "--format", form, LAUNCHERS[kind]])
    assert status == 0
    return said.getvalue()


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main() -> int:
    """Write all of them.

    :returns: the exit status.
    """
    for kind in LAUNCHERS:
        for form, suffix in FORMS.items():
            with tempfile.TemporaryDirectory() as folder:
                text = made(kind, form, Path(folder).resolve())
            (FOLDER / f"{kind}.{suffix}").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
