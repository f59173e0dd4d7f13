"""Servers of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import PORT_ERRORS, SERVES, Framework

FRAMEWORK = Framework(
    create=(
        "socketserver.ForkingTCPServer",
        "socketserver.ForkingUDPServer",
        "socketserver.TCPServer",
        "socketserver.ThreadingTCPServer",
        "socketserver.ThreadingUDPServer",
        "socketserver.ThreadingUnixDatagramServer",
        "socketserver.ThreadingUnixStreamServer",
        "socketserver.UDPServer",
        "socketserver.UnixDatagramServer",
        "socketserver.UnixStreamServer",
    ),
    serve=(
        "socketserver.BaseServer().serve_forever",
        "socketserver.ForkingTCPServer().serve_forever",
        "socketserver.ForkingUDPServer().serve_forever",
        "socketserver.TCPServer().serve_forever",
        "socketserver.ThreadingTCPServer().serve_forever",
        "socketserver.ThreadingUDPServer().serve_forever",
        "socketserver.ThreadingUnixDatagramServer().serve_forever",
        "socketserver.ThreadingUnixStreamServer().serve_forever",
        "socketserver.UDPServer().serve_forever",
        "socketserver.UnixDatagramServer().serve_forever",
        "socketserver.UnixStreamServer().serve_forever",
    ),
    endings={
        "socketserver.*Server().serve_forever": SERVES,
    },
    raises={
        "socketserver.*Server": PORT_ERRORS,
    },
)
