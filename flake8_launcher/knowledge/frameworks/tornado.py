"""Tornado, a web framework with its event loop."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, LOST, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("tornado",),
    create=(
        "tornado.httpserver.HTTPServer",
        "tornado.tcpserver.TCPServer",
        "tornado.web.Application",
    ),
    start=(
        "tornado.httpserver.HTTPServer().listen",
        "tornado.tcpserver.TCPServer().listen",
        "tornado.web.Application().listen",
        "tornado.httpserver.HTTPServer().start",
        "tornado.tcpserver.TCPServer().start",
    ),
    serve=("tornado.ioloop.IOLoop().start",),
    load=(
        "tornado.options.parse_config_file",
        "tornado.options.options.parse_config_file",
    ),
    log=(
        "tornado.log.enable_pretty_logging",
        "tornado.options.parse_command_line",
        "tornado.options.options.parse_command_line",
    ),
    returns={
        "tornado.ioloop.IOLoop.current()": "tornado.ioloop.IOLoop()",
        "tornado.ioloop.IOLoop.instance()": "tornado.ioloop.IOLoop()",
    },
    endings={
        **alike(
            LOST._replace(tells="logs what fails and goes on"),
            "tornado.ioloop.IOLoop().add_callback",
            "tornado.ioloop.IOLoop().call_later",
            "tornado.ioloop.IOLoop().spawn_callback",
        ),
        "tornado.ioloop.IOLoop().start": Ending(
            blocks=True, status="none", tells="logs what fails inside the loop and goes on"
        ),
        "tornado.*().listen": LISTENS._replace(needs="tornado.ioloop.IOLoop().start"),
        "tornado.*Server().start": Ending(
            blocks=False, status="raises", needs="tornado.ioloop.IOLoop().start"
        ),
    },
)
