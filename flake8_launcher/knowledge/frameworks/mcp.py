"""The Model Context Protocol's own servers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("mcp",),
    create=(
        "mcp.server.Server",
        "mcp.server.lowlevel.Server",
        "mcp.server.lowlevel.server.Server",
        "mcp.server.fastmcp.FastMCP",
        "mcp.server.fastmcp.server.FastMCP",
        "mcp.server.MCPServer",
        "mcp.server.mcpserver.MCPServer",
        "mcp.server.mcpserver.server.MCPServer",
    ),
    serve=(
        "mcp.server.Server().run",
        "mcp.server.lowlevel.Server().run",
        "mcp.server.lowlevel.server.Server().run",
        "mcp.server.fastmcp.FastMCP().run",
        "mcp.server.fastmcp.FastMCP().run_sse_async",
        "mcp.server.fastmcp.FastMCP().run_stdio_async",
        "mcp.server.fastmcp.FastMCP().run_streamable_http_async",
        "mcp.server.fastmcp.server.FastMCP().run",
        "mcp.server.fastmcp.server.FastMCP().run_sse_async",
        "mcp.server.fastmcp.server.FastMCP().run_stdio_async",
        "mcp.server.fastmcp.server.FastMCP().run_streamable_http_async",
        "mcp.server.MCPServer().run",
        "mcp.server.MCPServer().run_sse_async",
        "mcp.server.MCPServer().run_stdio_async",
        "mcp.server.MCPServer().run_streamable_http_async",
        "mcp.server.mcpserver.MCPServer().run",
        "mcp.server.mcpserver.MCPServer().run_sse_async",
        "mcp.server.mcpserver.MCPServer().run_stdio_async",
        "mcp.server.mcpserver.MCPServer().run_streamable_http_async",
        "mcp.server.mcpserver.server.MCPServer().run",
        "mcp.server.mcpserver.server.MCPServer().run_sse_async",
        "mcp.server.mcpserver.server.MCPServer().run_stdio_async",
        "mcp.server.mcpserver.server.MCPServer().run_streamable_http_async",
    ),
    endings={
        "mcp.server.*().run*": UNKNOWN,
    },
)
