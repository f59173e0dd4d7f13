"""CoAPthon, servers of CoAP."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("CoAPthon3",),
    create=("coapthon.server.coap.CoAP",),
    serve=("coapthon.server.coap.CoAP().listen",),
    # the threads of the server, which is bound in its constructor, go on after a signal
    endings={"coapthon.server.coap.CoAP().listen": SERVES._replace(lingers=True)},
)
