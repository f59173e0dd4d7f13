"""Calls that add to a service, and mean nothing when it has served."""

from __future__ import annotations

from flake8_launcher.knowledge.deferred import deferred

_BROKERS = r"^(?:aiomqtt|gmqtt|kafka|confluent_kafka|nats|paho|pika|redis|stomp|valkey|zmq)\."
_SERVERS = (
    r"^(?:aiohttp|apscheduler|bottle|cherrypy|discord|disnake|fastapi|flask|grpc|http|nextcord"
    r"|pyramid|quart|sanic|socketserver|starlette|telegram|tornado|twisted|xmlrpc)\."
)

CALLS = (
    (
        deferred(
            rf"{_BROKERS}.*\.(?:p?subscribe|message_callback_add|basic_consume|queue_bind"
            r"|queue_declare|exchange_declare)$"
        ),
        "subscribes",
    ),
    (
        deferred(
            rf"{_SERVERS}.*\.(?:add_(?:api_route|cog|error_handler|get|handler|handlers|job"
            r"|middleware|post|resource|route|routes|subapp|url_rule|view|websocket)"
            r"|include_router|load_extension|mount|register_(?:blueprint|error_handler|function"
            r"|instance|introspection_functions|multicall_functions)|route)$"
        ),
        "adds to what is served",
    ),
    (deferred(r"^webbrowser\.open(?:_new(?:_tab)?)?$"), "opens a browser"),
)
"""Shapes of their qualified names, and what they do, for messages."""
