"""HTTPX, a client of HTTP."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

_METHODS = ("delete", "get", "head", "options", "patch", "post", "put", "request")

FRAMEWORK = Framework(
    distributions=("httpx",),
    raises={
        **alike(
            ("httpx.ConnectError", "httpx.HTTPError", "httpx.InvalidURL", "TypeError"),
            *(f"httpx.{method}" for method in _METHODS),
            *(f"httpx.*Client().{method}" for method in _METHODS),
        ),
        "httpx.*().raise_for_status": ("httpx.HTTPStatusError", "RuntimeError"),
        "httpx.*().json": ("json.decoder.JSONDecodeError", "TypeError", "UnicodeDecodeError"),
    },
    errors={
        **alike(("Exception",), "httpx.HTTPError", "httpx.InvalidURL"),
        **alike(("httpx.HTTPError",), "httpx.HTTPStatusError", "httpx.RequestError"),
        "httpx.TransportError": ("httpx.RequestError",),
        **alike(("httpx.TransportError",), "httpx.NetworkError", "httpx.TimeoutException"),
        "httpx.ConnectError": ("httpx.NetworkError",),
        **alike(("httpx.TimeoutException",), "httpx.ConnectTimeout", "httpx.ReadTimeout"),
    },
)
