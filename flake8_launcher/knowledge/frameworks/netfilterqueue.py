"""NetfilterQueue, packets that the kernel hands to a program."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("NetfilterQueue",),
    create=("netfilterqueue.NetfilterQueue",),
    serve=("netfilterqueue.NetfilterQueue().run",),
    endings={  # source only
        "netfilterqueue.NetfilterQueue().run": UNKNOWN,
    },
)
