"""Requests, a client of HTTP."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

_METHODS = ("delete", "get", "head", "options", "patch", "post", "put", "request")

FRAMEWORK = Framework(
    distributions=("requests",),
    raises={
        **alike(
            (
                "requests.exceptions.ConnectionError",
                "requests.exceptions.Timeout",
                "requests.exceptions.RequestException",
                "TypeError",
                "ValueError",
            ),
            *(f"requests.{method}" for method in _METHODS),
            *(f"requests.*ession().{method}" for method in _METHODS),
        ),
        "requests.*().raise_for_status": ("requests.exceptions.HTTPError",),
        "requests.*().json": ("requests.exceptions.JSONDecodeError", "TypeError"),
    },
    errors={
        "requests.exceptions.RequestException": ("OSError",),
        **alike(
            ("requests.exceptions.RequestException",),
            "requests.exceptions.ConnectionError",
            "requests.exceptions.HTTPError",
            "requests.exceptions.InvalidJSONError",
            "requests.exceptions.Timeout",
            "requests.exceptions.TooManyRedirects",
        ),
        **alike(
            ("requests.exceptions.ConnectionError",),
            "requests.exceptions.ProxyError",
            "requests.exceptions.SSLError",
        ),
        "requests.exceptions.ConnectTimeout": (
            "requests.exceptions.ConnectionError",
            "requests.exceptions.Timeout",
        ),
        "requests.exceptions.JSONDecodeError": (
            "requests.exceptions.InvalidJSONError",
            "json.decoder.JSONDecodeError",
        ),
        "requests.exceptions.ReadTimeout": ("requests.exceptions.Timeout",),
    },
    aliases={
        f"requests.{name}": f"requests.exceptions.{name}"
        for name in (
            "ConnectTimeout",
            "ConnectionError",
            "HTTPError",
            "JSONDecodeError",
            "ReadTimeout",
            "RequestException",
            "Timeout",
            "TooManyRedirects",
        )
    },
)
