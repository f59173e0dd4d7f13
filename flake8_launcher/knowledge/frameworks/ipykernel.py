"""ipykernel, the kernel of Jupyter."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("ipykernel",),
    serve=(
        "ipykernel.embed.embed_kernel",
        "ipykernel.kernelapp.IPKernelApp().start",
        "ipykernel.kernelapp.IPKernelApp.instance().start",
        "ipykernel.kernelapp.IPKernelApp.launch_instance",
        "ipykernel.kernelapp.launch_new_instance",
    ),
    endings={
        "ipykernel.embed.embed_kernel": UNKNOWN,
        "ipykernel.kernelapp.*().start": UNKNOWN,
        "ipykernel.kernelapp.*launch_*instance": UNKNOWN,
    },
)
