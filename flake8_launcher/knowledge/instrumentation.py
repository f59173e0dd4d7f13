"""What instrumentors, tracers and shims replace by name, and not in place.

Written by tools/instrumentation.py, which calls them: edit that, and run
``tox -e instrumentation``.
"""

from __future__ import annotations

from collections.abc import Mapping

_OTEL = "opentelemetry.instrumentation"

REPLACED: Mapping[str, frozenset[str]] = {
    "ddtrace.patch(fastapi)": frozenset(
        {
            "fastapi.routing.serialize_response",
        }
    ),
    "ddtrace.patch(flask)": frozenset(
        {
            "flask.after_this_request",
            "flask.jsonify",
            "flask.render_template",
            "flask.render_template_string",
            "flask.send_file",
        }
    ),
    "ddtrace.patch(grpc)": frozenset(
        {
            "grpc.aio.insecure_channel",
            "grpc.aio.secure_channel",
            "grpc.aio.server",
            "grpc.insecure_channel",
            "grpc.intercept_channel",
            "grpc.secure_channel",
            "grpc.server",
        }
    ),
    "ddtrace.patch(psycopg)": frozenset(
        {
            "psycopg.AsyncCursor",
            "psycopg.Cursor",
            "psycopg.connect",
            "psycopg2._json.register_type",
            "psycopg2._psycopg.register_type",
            "psycopg2.connect",
            "psycopg2.extensions.adapt",
            "psycopg2.extensions.quote_ident",
            "psycopg2.extensions.register_type",
        }
    ),
    "ddtrace.patch(pymysql)": frozenset(
        {
            "pymysql.connect",
        }
    ),
    "ddtrace.patch(sqlalchemy)": frozenset(
        {
            "sqlalchemy.create_engine",
            "sqlalchemy.engine.create_engine",
        }
    ),
    "ddtrace.patch(sqlite3)": frozenset(
        {
            "sqlite3.connect",
            "sqlite3.dbapi2.connect",
        }
    ),
    "elasticapm.instrument": frozenset(
        {
            "grpc.aio.server",
            "grpc.insecure_channel",
            "grpc.secure_channel",
            "grpc.server",
            "psycopg.connect",
            "psycopg2._json.register_json",
            "psycopg2.connect",
            "psycopg2.extensions.encrypt_password",
            "psycopg2.extensions.quote_ident",
            "psycopg2.extensions.register_type",
            "pymysql.connect",
            "sqlite3.connect",
            "sqlite3.dbapi2.connect",
        }
    ),
    f"{_OTEL}.aiohttp_server.AioHttpServerInstrumentor().instrument": frozenset(
        {
            "aiohttp.web.Application",
        }
    ),
    f"{_OTEL}.asyncio.AsyncioInstrumentor().instrument": frozenset(
        {
            "asyncio.as_completed",
            "asyncio.create_task",
            "asyncio.ensure_future",
            "asyncio.gather",
            "asyncio.run_coroutine_threadsafe",
            "asyncio.to_thread",
            "asyncio.wait",
            "asyncio.wait_for",
        }
    ),
    f"{_OTEL}.falcon.FalconInstrumentor().instrument": frozenset(
        {
            "falcon.App",
        }
    ),
    f"{_OTEL}.fastapi.FastAPIInstrumentor().instrument": frozenset(
        {
            "fastapi.FastAPI",
        }
    ),
    f"{_OTEL}.flask.FlaskInstrumentor().instrument": frozenset(
        {
            "flask.Flask",
        }
    ),
    f"{_OTEL}.grpc.GrpcAioInstrumentorClient().instrument": frozenset(
        {
            "grpc.aio.insecure_channel",
            "grpc.aio.secure_channel",
        }
    ),
    f"{_OTEL}.grpc.GrpcAioInstrumentorServer().instrument": frozenset(
        {
            "grpc.aio.server",
        }
    ),
    f"{_OTEL}.grpc.GrpcInstrumentorClient().instrument": frozenset(
        {
            "grpc.insecure_channel",
            "grpc.secure_channel",
        }
    ),
    f"{_OTEL}.grpc.GrpcInstrumentorServer().instrument": frozenset(
        {
            "grpc.server",
        }
    ),
    f"{_OTEL}.psycopg.PsycopgInstrumentor().instrument": frozenset(
        {
            "psycopg.connect",
        }
    ),
    f"{_OTEL}.psycopg2.Psycopg2Instrumentor().instrument": frozenset(
        {
            "psycopg2.connect",
        }
    ),
    f"{_OTEL}.pymysql.PyMySQLInstrumentor().instrument": frozenset(
        {
            "pymysql.connect",
        }
    ),
    f"{_OTEL}.sqlalchemy.SQLAlchemyInstrumentor().instrument": frozenset(
        {
            "sqlalchemy.create_engine",
            "sqlalchemy.engine.create.create_engine",
            "sqlalchemy.engine.create_engine",
            "sqlalchemy.ext.asyncio.create_async_engine",
        }
    ),
    f"{_OTEL}.sqlite3.SQLite3Instrumentor().instrument": frozenset(
        {
            "sqlite3.connect",
            "sqlite3.dbapi2.connect",
        }
    ),
    f"{_OTEL}.starlette.StarletteInstrumentor().instrument": frozenset(
        {
            "starlette.applications.Starlette",
        }
    ),
    "requests_cache.install_cache": frozenset(
        {
            "requests.Session",
            "requests.sessions.Session",
        }
    ),
}
