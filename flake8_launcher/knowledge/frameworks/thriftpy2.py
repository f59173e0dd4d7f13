"""ThriftPy2, remote procedure calls."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("thriftpy2",),
    create=(
        "thriftpy2.contrib.aio.http.make_server",
        "thriftpy2.contrib.aio.rpc.make_server",
        "thriftpy2.http.make_server",
        "thriftpy2.rpc.make_server",
        "thriftpy2.server.TSimpleServer",
        "thriftpy2.server.TThreadedServer",
    ),
    serve=(
        "thriftpy2.contrib.aio.http.make_server().serve",
        "thriftpy2.contrib.aio.rpc.make_server().serve",
        "thriftpy2.http.make_server().serve",
        "thriftpy2.rpc.make_server().serve",
        "thriftpy2.contrib.aio.server.TAsyncServer().serve",
        "thriftpy2.server.TServer().serve",
        "thriftpy2.server.TSimpleServer().serve",
        "thriftpy2.server.TThreadedServer().serve",
    ),
    endings={
        "thriftpy2.*().serve": BINDS,
    },
)
