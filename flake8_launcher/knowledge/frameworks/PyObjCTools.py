"""PyObjC, the event loop of macOS."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pyobjc-core",),
    serve=(
        "PyObjCTools.AppHelper.runConsoleEventLoop",
        "PyObjCTools.AppHelper.runEventLoop",
    ),
    endings={
        # source only
        "PyObjCTools.AppHelper.run*EventLoop": UNKNOWN,
    },
)
