"""The operating system: programs that take the place of the process, or that it waits for."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

_NAMES = tuple(f"os.exec{kind}" for kind in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe"))

FRAMEWORK = Framework(
    programs=(*_NAMES, "os.system"),
    endings={
        **alike(
            # the program that cannot be started; what it does itself, nobody here hears of
            Ending(blocks=True, status="raises", handles_termination=True),
            *_NAMES,
        ),
        "os.system": Ending(
            blocks=True, status="returned", tells="returns the status of the program"
        ),
    },
)
