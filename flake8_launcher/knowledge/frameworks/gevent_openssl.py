"""gevent-openssl, pyOpenSSL for gevent."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("gevent-openssl",),
    patches={
        "gevent_openssl.monkey_patch": Patcher("OpenSSL"),
    },
)
