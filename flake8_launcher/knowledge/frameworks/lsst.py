"""ts_salobj, the components of the Rubin Observatory's control system."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("ts-salobj",),
    serve=(
        "lsst.ts.salobj.BaseCsc.amain",
        "lsst.ts.salobj.ConfigurableCsc.amain",
        "lsst.ts.salobj.Controller.amain",
    ),
    endings=alike(
        UNKNOWN,
        "lsst.ts.salobj.BaseCsc.amain",
        "lsst.ts.salobj.ConfigurableCsc.amain",
        "lsst.ts.salobj.Controller.amain",
    ),
)
