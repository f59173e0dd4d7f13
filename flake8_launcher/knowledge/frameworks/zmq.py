"""PyZMQ, messaging."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, LOST, SERVES, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("pyzmq",),
    create=(
        "zmq.devices.Device",
        "zmq.devices.MonitoredQueue",
        "zmq.devices.ProcessDevice",
        "zmq.devices.ProcessMonitoredQueue",
        "zmq.devices.ProcessProxy",
        "zmq.devices.Proxy",
        "zmq.devices.ThreadDevice",
        "zmq.devices.ThreadMonitoredQueue",
        "zmq.devices.ThreadProxy",
    ),
    serve=(
        "zmq.device",
        "zmq.proxy",
        "zmq.proxy_steerable",
        "zmq.devices.monitored_queue",
        "zmq.devices.Device().start",
        "zmq.devices.MonitoredQueue().start",
        "zmq.devices.Proxy().start",
        # These do not block: join() waits.
        "zmq.devices.ProcessDevice().start",
        "zmq.devices.ProcessMonitoredQueue().start",
        "zmq.devices.ProcessProxy().start",
        "zmq.devices.ThreadDevice().start",
        "zmq.devices.ThreadMonitoredQueue().start",
        "zmq.devices.ThreadProxy().start",
    ),
    wait=(
        "zmq.devices.ProcessDevice().join",
        "zmq.devices.ProcessMonitoredQueue().join",
        "zmq.devices.ProcessProxy().join",
        "zmq.devices.ThreadDevice().join",
        "zmq.devices.ThreadMonitoredQueue().join",
        "zmq.devices.ThreadProxy().join",
    ),
    returns={
        "zmq.Context.instance()": "zmq.Context()",
        "zmq.asyncio.Context()": "zmq.Context()",
        "zmq.asyncio.Context.instance()": "zmq.Context()",
        "zmq.eventloop.ioloop.IOLoop.current()": "tornado.ioloop.IOLoop()",
        "zmq.eventloop.ioloop.IOLoop.instance()": "tornado.ioloop.IOLoop()",
    },
    endings={
        **alike(
            SERVES,
            "zmq.device",
            "zmq.proxy",
            "zmq.proxy_steerable",
        ),
        "zmq.devices.monitored_queue": SERVES,
        **alike(
            BINDS,
            "zmq.devices.Device().start",
            "zmq.devices.MonitoredQueue().start",
            "zmq.devices.Proxy().start",
        ),
        "zmq.devices.Thread*().start": LOST._replace(needs="zmq.devices.ThreadDevice().join"),
        "zmq.devices.Process*().start": LOST._replace(needs="zmq.devices.ProcessDevice().join"),
        "zmq.devices.*().join": Ending(
            blocks=True, status="swallowed", tells="returns None, also when the device has failed"
        ),
    },
    raises={
        "zmq.Context().socket().bind": ("zmq.error.ZMQError", "TypeError"),
    },
    errors={
        "zmq.error.ZMQBaseError": ("Exception",),
        "zmq.error.ZMQError": ("zmq.error.ZMQBaseError",),
        "zmq.error.ZMQBindError": ("zmq.error.ZMQBaseError",),
    },
    aliases={
        "zmq.ZMQBaseError": "zmq.error.ZMQBaseError",
        "zmq.ZMQBindError": "zmq.error.ZMQBindError",
        "zmq.ZMQError": "zmq.error.ZMQError",
    },
)
