"""XML-RPC servers of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import PORT_ERRORS, SERVES, Framework

FRAMEWORK = Framework(
    create=(
        "xmlrpc.server.DocXMLRPCServer",
        "xmlrpc.server.MultiPathXMLRPCServer",
        "xmlrpc.server.SimpleXMLRPCServer",
    ),
    serve=(
        "xmlrpc.server.DocXMLRPCServer().serve_forever",
        "xmlrpc.server.MultiPathXMLRPCServer().serve_forever",
        "xmlrpc.server.SimpleXMLRPCServer().serve_forever",
    ),
    endings={
        "xmlrpc.server.*Server().serve_forever": SERVES,
    },
    raises={
        "xmlrpc.server.*Server": PORT_ERRORS,
    },
)
