"""aiohttp, a web framework on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, BOTH, LISTENS, Ending, Framework, Signals

FRAMEWORK = Framework(
    distributions=("aiohttp",),
    create=(
        "aiohttp.web.Application",
        "aiohttp.web.AppRunner",
        "aiohttp.web.ServerRunner",
        "aiohttp.web.TCPSite",
        "aiohttp.web.UnixSite",
        "aiohttp.web.SockSite",
        "aiohttp.web.NamedPipeSite",
        "aiohttp.web_runner.AppRunner",
        "aiohttp.web_runner.ServerRunner",
        "aiohttp.web_runner.TCPSite",
        "aiohttp.web_runner.UnixSite",
        "aiohttp.web_runner.SockSite",
        "aiohttp.web_runner.NamedPipeSite",
    ),
    start=(
        "aiohttp.web.BaseSite().start",
        "aiohttp.web.TCPSite().start",
        "aiohttp.web.UnixSite().start",
        "aiohttp.web.SockSite().start",
        "aiohttp.web.NamedPipeSite().start",
        "aiohttp.web_runner.BaseSite().start",
        "aiohttp.web_runner.TCPSite().start",
        "aiohttp.web_runner.UnixSite().start",
        "aiohttp.web_runner.SockSite().start",
        "aiohttp.web_runner.NamedPipeSite().start",
    ),
    serve=(
        "aiohttp.web.run_app",
        "aiohttp.web._run_app",
    ),
    streams=("aiohttp.ClientSession().ws_connect()",),
    endings={
        "aiohttp.web.run_app": Ending(
            blocks=True,
            status="raises",
            binds=True,
            swallows=BOTH,
            handles_termination=True,
        ),
        "aiohttp.web._run_app": BINDS,
        "aiohttp.web*Site().start": LISTENS._replace(needs="asyncio.Event().wait"),
    },
    errors={
        "aiohttp.client_exceptions.ClientError": ("Exception",),
        "aiohttp.web_runner.GracefulExit": ("SystemExit",),
    },
    aliases={
        "aiohttp.ClientError": "aiohttp.client_exceptions.ClientError",
    },
    signals={
        "aiohttp.web.run_app": Signals(("handle_signals",)),
    },
)
