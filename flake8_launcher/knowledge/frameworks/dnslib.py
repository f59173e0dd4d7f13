"""dnslib, servers of DNS."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, LOST, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("dnslib",),
    create=("dnslib.server.DNSServer",),  # it binds
    start=("dnslib.server.DNSServer().start_thread",),
    serve=("dnslib.server.DNSServer().start",),
    endings={
        "dnslib.server.DNSServer": BINDS._replace(blocks=False),
        "dnslib.server.DNSServer().start": SERVES,
        "dnslib.server.DNSServer().start_thread": LOST._replace(
            needs="threading.Event().wait"  # a daemon thread
        ),
    },
)
