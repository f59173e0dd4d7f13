"""pynetdicom, services of DICOM."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("pynetdicom",),
    create=(
        "pynetdicom.AE",
        "pynetdicom.ae.ApplicationEntity",
    ),
    serve=(
        "pynetdicom.AE().start_server",
        "pynetdicom.ae.ApplicationEntity().start_server",
    ),
    endings={
        # source only
        "pynetdicom.*().start_server": BINDS,
    },
)
