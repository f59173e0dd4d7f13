"""Write what instrumentors, tracers and shims replace by name: knowledge/instrumentation.py.

    tox -e instrumentation

Each is called in a process of its own, after the packages that it is there for were imported, and
what their modules hold before and after is compared. A name that stands for another object
afterwards is of no use to who has taken the original before; what is changed in place, such as a
method of a class, serves everybody and is left out.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "flake8_launcher/knowledge/instrumentation.py"

_OTEL = "opentelemetry.instrumentation"

CASES: Mapping[str, tuple[str, ...]] = {
    f"{_OTEL}.aiohttp_client.AioHttpClientInstrumentor().instrument": ("aiohttp",),
    f"{_OTEL}.aiohttp_server.AioHttpServerInstrumentor().instrument": ("aiohttp.web",),
    f"{_OTEL}.asyncio.AsyncioInstrumentor().instrument": ("asyncio",),
    f"{_OTEL}.asyncpg.AsyncPGInstrumentor().instrument": ("asyncpg",),
    f"{_OTEL}.botocore.BotocoreInstrumentor().instrument": ("botocore.client", "boto3"),
    f"{_OTEL}.celery.CeleryInstrumentor().instrument": ("celery",),
    f"{_OTEL}.django.DjangoInstrumentor().instrument": ("django.conf",),
    f"{_OTEL}.falcon.FalconInstrumentor().instrument": ("falcon", "falcon.asgi"),
    f"{_OTEL}.fastapi.FastAPIInstrumentor().instrument": ("fastapi",),
    f"{_OTEL}.flask.FlaskInstrumentor().instrument": ("flask",),
    f"{_OTEL}.grpc.GrpcInstrumentorClient().instrument": ("grpc",),
    f"{_OTEL}.grpc.GrpcInstrumentorServer().instrument": ("grpc",),
    f"{_OTEL}.grpc.GrpcAioInstrumentorClient().instrument": ("grpc.aio",),
    f"{_OTEL}.grpc.GrpcAioInstrumentorServer().instrument": ("grpc.aio",),
    f"{_OTEL}.httpx.HTTPXClientInstrumentor().instrument": ("httpx",),
    f"{_OTEL}.jinja2.Jinja2Instrumentor().instrument": ("jinja2",),
    f"{_OTEL}.pika.PikaInstrumentor().instrument": ("pika",),
    f"{_OTEL}.psycopg.PsycopgInstrumentor().instrument": ("psycopg",),
    f"{_OTEL}.psycopg2.Psycopg2Instrumentor().instrument": ("psycopg2",),
    f"{_OTEL}.pymongo.PymongoInstrumentor().instrument": ("pymongo",),
    f"{_OTEL}.pymysql.PyMySQLInstrumentor().instrument": ("pymysql",),
    f"{_OTEL}.pyramid.PyramidInstrumentor().instrument": ("pyramid.config",),
    f"{_OTEL}.redis.RedisInstrumentor().instrument": ("redis", "redis.asyncio"),
    f"{_OTEL}.requests.RequestsInstrumentor().instrument": ("requests",),
    f"{_OTEL}.sqlalchemy.SQLAlchemyInstrumentor().instrument": (
        "sqlalchemy",
        "sqlalchemy.ext.asyncio",
    ),
    f"{_OTEL}.sqlite3.SQLite3Instrumentor().instrument": ("sqlite3",),
    f"{_OTEL}.starlette.StarletteInstrumentor().instrument": (
        "starlette.applications",
        "starlette.routing",
    ),
    f"{_OTEL}.threading.ThreadingInstrumentor().instrument": ("threading",),
    f"{_OTEL}.tornado.TornadoInstrumentor().instrument": ("tornado.web",),
    f"{_OTEL}.urllib.URLLibInstrumentor().instrument": ("urllib.request",),
    f"{_OTEL}.urllib3.URLLib3Instrumentor().instrument": ("urllib3",),
    "elasticapm.instrument": (
        "aiohttp",
        "asyncpg",
        "botocore.client",
        "elasticsearch",
        "grpc",
        "httpx",
        "jinja2",
        "psycopg",
        "psycopg2.extras",
        "pymongo",
        "pymysql",
        "redis",
        "requests",
        "sqlite3",
        "starlette.applications",
        "urllib.request",
        "urllib3",
    ),
    "pymysql.install_as_MySQLdb": (),
    "requests_cache.install_cache": ("requests",),
    "ddtrace.patch(flask)": ("flask",),
    "ddtrace.patch(requests)": ("requests",),
    "ddtrace.patch(psycopg)": ("psycopg2", "psycopg"),
    "ddtrace.patch(sqlite3)": ("sqlite3",),
    "ddtrace.patch(redis)": ("redis",),
    "ddtrace.patch(pymongo)": ("pymongo",),
    "ddtrace.patch(grpc)": ("grpc",),
    "ddtrace.patch(httpx)": ("httpx",),
    "ddtrace.patch(aiohttp)": ("aiohttp", "aiohttp.web"),
    "ddtrace.patch(fastapi)": ("fastapi",),
    "ddtrace.patch(starlette)": ("starlette.applications",),
    "ddtrace.patch(sqlalchemy)": ("sqlalchemy",),
    "ddtrace.patch(celery)": ("celery",),
    "ddtrace.patch(pymysql)": ("pymysql",),
    "ddtrace.patch(tornado)": ("tornado.web",),
    "ddtrace.patch(falcon)": ("falcon",),
    "ddtrace.patch(logging)": ("logging",),
}
"""What is called, and what is imported before it."""

_SAME = frozenset({"__builtins__", "__cached__", "__file__", "__loader__", "__spec__", "__dict__"})

HEAD = '''"""What instrumentors, tracers and shims replace by name, and not in place.

Written by tools/instrumentation.py, which calls them: edit that, and run
``tox -e instrumentation``.
"""

from __future__ import annotations

from collections.abc import Mapping

_OTEL = "opentelemetry.instrumentation"

REPLACED: Mapping[str, frozenset[str]] = {
'''


def main() -> int:
    """Write the table, or look at one case in this process; return the exit status."""
    if len(sys.argv) > 1:
        print(json.dumps(sorted(replaced(sys.argv[1]))))
        return 0
    lines = [HEAD]
    for case in sorted(CASES):
        command = [sys.executable, __file__, case]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if run.returncode:
            print(case, run.stderr.strip().splitlines()[-1:], file=sys.stderr)
            continue
        names = json.loads(run.stdout.splitlines()[-1])
        print(f"{case}: {', '.join(names) or 'in place'}")
        if names:
            key = f'"{case}"'.replace(f'"{_OTEL}', 'f"{_OTEL}')
            lines.append(f"    {key}: frozenset(\n        {{\n")
            lines.extend(f'            "{name}",\n' for name in names)
            lines.append("        }\n    ),\n")
    lines.append("}\n")
    TABLE.write_text("".join(lines), encoding="utf-8")
    return 0


def replaced(case: str) -> set[str]:
    """Return the names of the packages of a case that stand for something else after its call."""
    for needed in CASES[case]:
        importlib.import_module(needed)
    roots = {module.partition(".")[0] for module in CASES[case]}
    is_keyword = not case.endswith("()") and case.endswith(")")
    name, _, keyword = case[:-1].partition("(") if is_keyword else (case, "", "")
    module = load(name)
    before = {key: id(value) for key, value in held(roots)}
    keep = [value for _, value in held(roots)]
    call(module, name, keyword)
    after = {key: value for key, value in held(roots) if key in before}
    del keep  # until here no object has taken the place of another
    return {key for key, value in after.items() if id(value) != before[key]}


def load(name: str) -> object:
    """Return the module that holds what a case calls."""
    parts = name.partition("()")[0].split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            return importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(name)


def call(module: object, name: str, keyword: str) -> None:
    """Call what a case is about."""
    own = getattr(module, "__name__")
    target: object = module
    for part in name.removeprefix(f"{own}.").split("."):
        target = getattr(target, part.removesuffix("()"))
        if part.endswith("()"):
            target = target()  # type: ignore[operator]
    target(**({keyword: True} if keyword else {}))  # type: ignore[operator]


def held(roots: set[str]) -> Iterator[tuple[str, object]]:
    """Yield what the modules of some packages hold that others may take from them."""
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] in roots:
            for attribute, value in sorted(getattr(module, "__dict__", {}).items()):
                if attribute not in _SAME and attribute[0] != "_" and callable(value):
                    yield f"{name}.{attribute}", value


if __name__ == "__main__":
    raise SystemExit(main())
