"""Scapy, packets."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, WAITS, Ending, Framework, alike

_SNIFFERS = ("scapy.all.AsyncSniffer", "scapy.sendrecv.AsyncSniffer")
_SNIFFS = ("scapy.all.sniff", "scapy.sendrecv.sniff")

FRAMEWORK = Framework(
    distributions=("scapy",),
    create=_SNIFFERS,
    start=tuple(f"{one}().start" for one in _SNIFFERS),
    serve=_SNIFFS,
    limits=alike(
        ("count", "offline", "stop_callback", "stop_filter", "timeout"), *_SNIFFS, *_SNIFFERS
    ),
    wait=tuple(f"{one}().join" for one in _SNIFFERS),
    endings={
        **alike(Ending(blocks=True, status="raises", swallows=INTERRUPT), *_SNIFFS),
        # source only
        "scapy.*AsyncSniffer().start": Ending(
            blocks=False,
            status="swallowed",
            detached=True,
            tells="leaves what fails to a thread that keeps it for join",
            needs="threading.Event().wait",
        ),
        "scapy.*AsyncSniffer().join": WAITS,
    },
)
