"""What a ``setup.py`` declares is computed from its literals."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_launcher.gate import metadata

SCRIPTS = {"svc.cmd.api:main", "svc.cmd.worker:main"}


@pytest.mark.parametrize(
    "text",
    [
        'setup(entry_points={"console_scripts": ["a=svc.cmd.api:main", "w=svc.cmd.worker:main"]})',
        'setup(entry_points="[console_scripts]\\na = svc.cmd.api:main\\nw = svc.cmd.worker:main")',
        'setup(entry_points={"console_scripts": [f"{n} = svc.cmd.{n}:main" for n in NAMES]})',
        'setup(entry_points={"console_scripts": ["%s=svc.cmd.%s:main" % (n, n) for n in NAMES]})',
        'setup(entry_points={"console_scripts": ["s={}".format(x) for x in TARGETS] + unknown()})',
        'setup(entry_points={"console_scripts": ["s = " + target for target in TARGETS]})',
        'setup(entry_points={"console_scripts": [n + "=" + t for n, t in zip(NAMES, TARGETS)]\n'
        '    + ["s = svc.cmd.api:main", "s = svc.cmd.worker:main"]})',
        'setup(entry_points={"console_scripts": ["=".join(pair) for pair in PAIRS]})',
        'setup(entry_points={"console_scripts": [f"{n}={t}" for n, t in PAIRS]})',
        'POINTS = {"console_scripts": SCRIPTS}\nsetup(entry_points=POINTS)',
    ],
)
def test_scripts(tmp_path: Path, text: str) -> None:
    tmp_path.joinpath("setup.py").write_text(
        'NAMES = ["api", "worker"]\n'
        'TARGETS = ("svc.cmd.api:main", "svc.cmd.worker:main")\n'
        'PAIRS = [("a", "svc.cmd.api:main"), ("w", "svc.cmd.worker:main")]\n'
        'SCRIPTS = ["a = svc.cmd.api:main", "w = svc.cmd.worker:main"]\n' + text + "\n"
    )
    declared = metadata.declared_for(str(tmp_path / "svc" / "cmd" / "api.py"))
    assert declared["console_scripts"] == SCRIPTS


@pytest.mark.parametrize(
    "text",
    [
        "POINTS = POINTS\nsetup(entry_points=POINTS)",
        "A = B\nB = A\nsetup(entry_points=A)",
        'setup(entry_points={"console_scripts": ["%(a)s=%s" % "b:c"]})',
        'setup(entry_points={"console_scripts": ["{0}={1}".format("a", "b:c")]})',
        'setup(entry_points={"console_scripts": [x for x in NAMES if x]})',
        "setup(entry_points=read())",
        'A0 = ["a=b:c"]\n'
        + "".join(f"A{n + 1} = A{n} + A{n}\n" for n in range(60))
        + "setup(entry_points={'console_scripts': A60})",
        'A0 = "a"\n'
        + "".join(f'A{n + 1} = A{n} + A{n} + "=b:c"\n' for n in range(60))
        + "setup(entry_points={'console_scripts': [A60]})",
    ],
)
def test_nothing_is_declared(tmp_path: Path, text: str) -> None:
    tmp_path.joinpath("setup.py").write_text(text + "\n")
    declared = metadata.declared_for(str(tmp_path / "svc.py"))
    assert not declared.get("console_scripts")
