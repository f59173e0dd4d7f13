"""Apache Thrift, remote procedure calls."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("thrift",),
    create=(
        "thrift.server.THttpServer.THttpServer",
        "thrift.server.TNonblockingServer.TNonblockingServer",
        "thrift.server.TProcessPoolServer.TProcessPoolServer",
        "thrift.server.TServer.TForkingServer",
        "thrift.server.TServer.TSimpleServer",
        "thrift.server.TServer.TThreadPoolServer",
        "thrift.server.TServer.TThreadedServer",
    ),
    serve=(
        "thrift.server.THttpServer.THttpServer().serve",
        "thrift.server.TNonblockingServer.TNonblockingServer().serve",
        "thrift.server.TProcessPoolServer.TProcessPoolServer().serve",
        "thrift.server.TServer.TForkingServer().serve",
        "thrift.server.TServer.TServer().serve",
        "thrift.server.TServer.TSimpleServer().serve",
        "thrift.server.TServer.TThreadPoolServer().serve",
        "thrift.server.TServer.TThreadedServer().serve",
    ),
    endings={
        "thrift.server.*().serve": BINDS,
    },
)
