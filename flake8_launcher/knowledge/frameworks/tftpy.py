"""tftpy, a TFTP server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework

FRAMEWORK = Framework(
    distributions=("tftpy",),
    create=(
        "tftpy.TftpServer",
        "tftpy.TftpServer.TftpServer",
    ),
    serve=(
        "tftpy.TftpServer().listen",
        "tftpy.TftpServer.TftpServer().listen",
    ),
    endings={
        "tftpy.*TftpServer().listen": Ending(blocks=True, status="raises"),
    },
)
