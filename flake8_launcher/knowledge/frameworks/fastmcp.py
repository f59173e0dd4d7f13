"""FastMCP, servers of the Model Context Protocol."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("fastmcp",),
    create=(
        "fastmcp.FastMCP",
        "fastmcp.server.FastMCP",
        "fastmcp.server.server.FastMCP",
    ),
    serve=(
        "fastmcp.FastMCP().run",
        "fastmcp.FastMCP().run_async",
        "fastmcp.FastMCP().run_http_async",
        "fastmcp.FastMCP().run_stdio_async",
        "fastmcp.server.FastMCP().run",
        "fastmcp.server.FastMCP().run_async",
        "fastmcp.server.FastMCP().run_http_async",
        "fastmcp.server.FastMCP().run_stdio_async",
        "fastmcp.server.server.FastMCP().run",
        "fastmcp.server.server.FastMCP().run_async",
        "fastmcp.server.server.FastMCP().run_http_async",
        "fastmcp.server.server.FastMCP().run_stdio_async",
    ),
    endings={
        "fastmcp.*FastMCP().run*": UNKNOWN,
    },
)
