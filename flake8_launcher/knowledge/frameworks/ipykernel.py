"""ipykernel, the kernel of Jupyter."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("ipykernel",),
    serve=(
        "ipykernel.kernelapp.IPKernelApp.launch_instance",
        "ipykernel.kernelapp.launch_new_instance",
    ),
    endings={
        "ipykernel.kernelapp.*launch_*instance": UNKNOWN,
    },
)
