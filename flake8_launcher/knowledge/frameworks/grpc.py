"""gRPC, remote procedure calls."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, WAITS, Ending, Framework, Patcher

FRAMEWORK = Framework(
    distributions=("grpcio",),
    create=(
        "grpc.aio.server",
        "grpc.server",
        # what binds
        "grpc.aio.server().add_insecure_port",
        "grpc.aio.server().add_secure_port",
        "grpc.server().add_insecure_port",
        "grpc.server().add_secure_port",
    ),
    serve=(
        # Does not block: wait_for_termination() waits.
        "grpc.Server().start",
        "grpc.aio.Server().start",
        "grpc.aio.server().start",
        "grpc.server().start",
    ),
    wait=(
        "grpc.Server().wait_for_termination",
        "grpc.aio.Server().wait_for_termination",
        "grpc.aio.server().wait_for_termination",
        "grpc.server().wait_for_termination",
    ),
    endings={
        "grpc.*erver().start": Ending(
            blocks=False,
            status="none",
            needs="grpc.server().wait_for_termination",
        ),
        "grpc.*erver().wait_for_termination": WAITS,
        # two servers share a port without a word unless the option grpc.so_reuseport is 0
        "grpc.*erver().add_*secure_port": LISTENS,
    },
    raises={
        "grpc.*erver().add_*secure_port": ("RuntimeError", "TypeError"),
    },
    errors={
        "grpc.RpcError": ("Exception",),
    },
    patches={
        "grpc.experimental.gevent.init_gevent": Patcher("the input and output of grpc"),
    },
)
