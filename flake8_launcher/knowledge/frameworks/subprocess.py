"""The standard library's subprocesses: programs that it waits for."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

_CALLS = tuple(f"subprocess.{name}" for name in ("call", "check_call", "check_output", "run"))

FRAMEWORK = Framework(
    programs=_CALLS,
    spawns=("subprocess.Popen",),
    endings={
        "subprocess.call": Ending(
            blocks=True, status="returned", tells="returns the status of the program"
        ),
        "subprocess.Popen().wait": Ending(
            blocks=True, status="returned", tells="returns the status of the program"
        ),
        "subprocess.run": Ending(
            blocks=True,
            status="returned",
            tells="returns the status of the program",
            when=(("check", Ending(blocks=True, status="raises")),),
        ),
        **alike(
            Ending(blocks=True, status="raises"),
            "subprocess.check_call",
            "subprocess.check_output",
        ),
    },
    raises=alike(
        # what keeps the program from starting; raises.ASKED_TO_RAISE says when there is more
        ("OSError", "TypeError", "ValueError"),
        "subprocess.Popen",
        "subprocess.call",
        "subprocess.run",
    ),
)
