"""PyModbus, servers of the Modbus protocol."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("pymodbus",),
    serve=(
        "pymodbus.server.StartAsyncSerialServer",
        "pymodbus.server.StartAsyncTcpServer",
        "pymodbus.server.StartAsyncTlsServer",
        "pymodbus.server.StartAsyncUdpServer",
        "pymodbus.server.StartSerialServer",
        "pymodbus.server.StartTcpServer",
        "pymodbus.server.StartTlsServer",
        "pymodbus.server.StartUdpServer",
    ),
    endings={"pymodbus.server.Start*Server": BINDS._replace(swallows=INTERRUPT)},
    raises={"pymodbus.server.Start*Server": ("RuntimeError",)},
)
