"""defusedxml, parsers of XML without their dangers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("defusedxml",),
    patches={
        "defusedxml.defuse_stdlib": Patcher("the parsers of xml"),
        "defusedxml.xmlrpc.monkey_patch": Patcher("the parsers of xmlrpc"),
    },
)
