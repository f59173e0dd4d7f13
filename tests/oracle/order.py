"""Sets things up in time and too late, in real processes, and tells what comes of it.

    python tests/oracle/order.py PROMETHEUS_MULTIPROC_DIR late

prints what one case gives. ``tests/test_order.py`` compares the two ways.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NamedTuple


class Case(NamedTuple):
    """Something that is set, what is to come after it, and what shows whether it had its effect.

    :ivar sets: the statements that set it.
    :ivar settles: the statements that settle it.
    :ivar shows: an expression.
    :ivar needs: the module without which the case does not run.
    :ivar matters: whether the two ways differ; if not, late is as good as early.
    """

    sets: str
    settles: str
    shows: str
    needs: str = ""
    matters: bool = True


def variable(name: str, value: str, settles: str, shows: str, matters: bool = True) -> Case:
    """Return the case of a variable of the environment that an import is to find."""
    needs = settles.split()[1].partition(".")[0]
    return Case(f"os.environ[{name!r}] = {value!r}", settles, shows, needs, matters)


CASES: Mapping[str, Case] = {
    "PROMETHEUS_MULTIPROC_DIR": variable(
        "PROMETHEUS_MULTIPROC_DIR",
        "/tmp",
        "import prometheus_client.values",
        "prometheus_client.values.ValueClass.__name__",
    ),
    "prometheus_multiproc_dir": variable(
        "prometheus_multiproc_dir",
        "/tmp",
        "import prometheus_client.values",
        "prometheus_client.values.ValueClass.__name__",
    ),
    "PROMETHEUS_DISABLE_CREATED_SERIES": variable(
        "PROMETHEUS_DISABLE_CREATED_SERIES",
        "true",
        "import prometheus_client.metrics",
        "prometheus_client.metrics._use_created",
    ),
    "OMP_NUM_THREADS": variable(
        "OMP_NUM_THREADS", "1", "import numpy", "len(os.listdir('/proc/self/task')) == 1"
    ),
    "OPENBLAS_NUM_THREADS": variable(
        "OPENBLAS_NUM_THREADS", "1", "import numpy", "len(os.listdir('/proc/self/task')) == 1"
    ),
    "NUMEXPR_MAX_THREADS": variable(
        "NUMEXPR_MAX_THREADS", "3", "import numexpr", "numexpr.utils.MAX_THREADS"
    ),
    "LOGURU_LEVEL": variable(
        "LOGURU_LEVEL", "ERROR", "import loguru", "loguru.logger._core.min_level"
    ),
    "MPLBACKEND": variable(
        "MPLBACKEND",
        "svg",
        "import matplotlib",
        "matplotlib.rcParams._get_backend_or_none()",
    ),
    "MPLCONFIGDIR": variable(
        "MPLCONFIGDIR", "/tmp/pulse", "import matplotlib", "matplotlib.get_configdir()"
    ),
    "DD_SERVICE": variable("DD_SERVICE", "pulse", "import ddtrace", "ddtrace.config.service"),
    "DD_ENV": variable("DD_ENV", "pulse", "import ddtrace", "ddtrace.config.env"),
    "KUBECONFIG": variable(
        "KUBECONFIG",
        "/tmp/pulse",
        "import kubernetes.config.kube_config",
        "kubernetes.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION",
    ),
    "HF_HOME": variable(
        "HF_HOME",
        "/tmp/pulse",
        "import huggingface_hub.constants",
        "huggingface_hub.constants.HF_HOME",
    ),
    "HF_HUB_OFFLINE": variable(
        "HF_HUB_OFFLINE",
        "1",
        "import huggingface_hub.constants",
        "huggingface_hub.constants.HF_HUB_OFFLINE",
    ),
    "WEB_CONCURRENCY": variable(
        "WEB_CONCURRENCY", "7", "import gunicorn.config", "gunicorn.config.Workers.default"
    ),
    "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": variable(
        "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
        "python",
        "import google.protobuf.descriptor",
        "__import__('google.protobuf.internal.api_implementation', fromlist=['Type']).Type()",
    ),
    "YARL_NO_EXTENSIONS": variable(
        "YARL_NO_EXTENSIONS",
        "1",
        "import yarl",
        "yarl._quoting._Quoter.__module__",
    ),
    "MULTIDICT_NO_EXTENSIONS": variable(
        "MULTIDICT_NO_EXTENSIONS", "1", "import multidict", "multidict.MultiDict.__module__"
    ),
    "AIOHTTP_NO_EXTENSIONS": variable(
        "AIOHTTP_NO_EXTENSIONS",
        "1",
        "import aiohttp.http_parser",
        "aiohttp.http_parser.HttpRequestParser.__module__",
    ),
    "NEW_RELIC_APP_NAME": variable(
        "NEW_RELIC_APP_NAME",
        "pulse",
        "import newrelic.core.config",
        "newrelic.core.config.global_settings().app_name",
    ),
    "PYGAME_HIDE_SUPPORT_PROMPT": variable(
        "PYGAME_HIDE_SUPPORT_PROMPT",
        "1",
        "import contextlib, io; out = io.StringIO()\n"
        "with contextlib.redirect_stdout(out): import pygame",
        "out.getvalue() == ''",
    )._replace(needs="pygame"),
    "GIT_PYTHON_REFRESH": Case(
        "os.environ['GIT_PYTHON_REFRESH'] = 'quiet'",
        "os.environ['PATH'] = '/nowhere'\n"
        "try:\n    import git\nexcept ImportError:\n    git = None",
        "git is None",
        "git",
    ),
    "POLARS_MAX_THREADS": variable(
        "POLARS_MAX_THREADS", "1", "import polars", "polars.thread_pool_size() == 1"
    ),
    "NLTK_DATA": variable(
        "NLTK_DATA", "/tmp/pulse", "import nltk.data", "'/tmp/pulse' in nltk.data.path"
    ),
    "PSYCOPG_IMPL": variable("PSYCOPG_IMPL", "python", "import psycopg", "psycopg.pq.__impl__"),
    "OTEL_SERVICE_NAME": Case(
        "os.environ['OTEL_SERVICE_NAME'] = 'pulse'",
        "import opentelemetry.sdk.trace\n"
        "provider = opentelemetry.sdk.trace.TracerProvider()",
        "provider.resource.attributes['service.name']",
        "opentelemetry.sdk",
    ),
    "OTEL_EXPORTER_OTLP_ENDPOINT": Case(
        "os.environ['OTEL_EXPORTER_OTLP_ENDPOINT'] = 'http://pulse'",
        "from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter\n"
        "exporter = OTLPSpanExporter()",
        "exporter._endpoint",
        "opentelemetry.exporter",
    ),
    "SENTRY_ENVIRONMENT": Case(
        "os.environ['SENTRY_ENVIRONMENT'] = 'pulse'",
        "import sentry_sdk\nsentry_sdk.init()",
        "sentry_sdk.get_client().options['environment']",
        "sentry_sdk",
    ),
    "AWS_DEFAULT_REGION": Case(
        "os.environ['AWS_DEFAULT_REGION'] = 'eu-west-1'",
        "os.environ.setdefault('AWS_DEFAULT_REGION', 'us-east-1')\n"
        "import boto3\nclient = boto3.client('s3')",
        "client.meta.region_name",
        "boto3",
    ),
    "TZ": Case("os.environ['TZ'] = 'Asia/Tokyo'", "", "time.localtime(0).tm_hour == 9", "", False),
    "TZ told": Case(
        "os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()",
        "time.localtime()",
        "time.tzname",
        "",
        False,
    ),
    "SSL_CERT_FILE": Case(
        "os.environ['SSL_CERT_FILE'] = '/etc/pulse'",
        "import ssl",
        "ssl.get_default_verify_paths().cafile or os.environ['SSL_CERT_FILE']",
        "",
        False,
    ),
    "PYTHONASYNCIODEBUG": Case(
        "os.environ['PYTHONASYNCIODEBUG'] = '1'",
        "import asyncio",
        "asyncio.new_event_loop().get_debug()",
        "",
        False,
    ),
    "fileConfig": Case(
        "import logging.config; logging.config.dictConfig({'version': 1})",
        "import logging\nlog = logging.getLogger('pulse')",
        "logging.getLogger('pulse').disabled",
    ),
    "fileConfig keeps": Case(
        "import logging.config\n"
        "logging.config.dictConfig({'version': 1, 'disable_existing_loggers': False})",
        "import logging\nlog = logging.getLogger('pulse')",
        "logging.getLogger('pulse').disabled",
        "",
        False,
    ),
    "migrations": Case(
        "import logging; log = logging.getLogger('pulse')",
        "import contextlib, io, tempfile\n"
        "import alembic.command, alembic.config\n"
        "folder = tempfile.mkdtemp()\n"
        "config = alembic.config.Config(f'{folder}/alembic.ini', stdout=io.StringIO())\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    alembic.command.init(config, f'{folder}/migrations')\n"
        "config.set_main_option('sqlalchemy.url', 'sqlite://')\n"
        "alembic.command.upgrade(config, 'head')",
        "logging.getLogger('pulse').disabled",
        "alembic",
    ),
    "basicConfig": Case(
        "import logging; logging.basicConfig(level='DEBUG')",
        "import logging; logging.basicConfig(level='ERROR')",
        "logging.root.level",
    ),
    "basicConfig after a message": Case(
        "import logging; logging.basicConfig(level='DEBUG')",
        "import logging; logging.warning('pulse')",
        "logging.root.level",
    ),
    "basicConfig after a handler": Case(
        "import logging; logging.basicConfig(level='DEBUG')",
        "import logging; logging.getLogger().addHandler(logging.StreamHandler())",
        "logging.root.level",
    ),
    "set_start_method": Case(
        "try: multiprocessing.set_start_method('spawn')\nexcept RuntimeError: pass",
        "multiprocessing.Queue()",
        "multiprocessing.get_start_method()",
    ),
    "set_start_method after a context": Case(
        "try: multiprocessing.set_start_method('spawn')\nexcept RuntimeError: pass",
        "multiprocessing.get_context('fork').Queue()",
        "multiprocessing.get_start_method()",
        "",
        False,
    ),
    "set_start_method after an executor": Case(
        "try: multiprocessing.set_start_method('spawn')\nexcept RuntimeError: pass",
        "import concurrent.futures; concurrent.futures.ProcessPoolExecutor(1)",
        "multiprocessing.get_start_method()",
    ),
    "SDL_VIDEODRIVER": Case(
        "os.environ['SDL_VIDEODRIVER'] = 'dummy'",
        "import pygame; pygame.display.init()",
        "pygame.display.get_driver()",
        "pygame",
    ),
    "logging.setLoggerClass": Case(
        "import logging\nclass Own(logging.Logger): pass\nlogging.setLoggerClass(Own)",
        "import logging; log = logging.getLogger('orchid')",
        "type(log).__name__",
    ),
    "structlog.configure": Case(
        "import structlog\n"
        "structlog.configure(processors=[structlog.processors.JSONRenderer()])",
        "import structlog; log = structlog.get_logger().bind()",
        "type(log._processors[-1]).__name__",
        "structlog",
    ),
    "logfire.instrument_pydantic": Case(
        "import logfire; logfire.configure(send_to_logfire=False, console=False)\n"
        "logfire.instrument_pydantic()",
        "import pydantic\nclass Order(pydantic.BaseModel): number: int",
        "type(Order.__pydantic_validator__.validate_python).__name__",
        "logfire",
    ),
    "sentry_sdk.init and MCP": Case(
        "import sentry_sdk; sentry_sdk.init()",
        "from mcp.server import MCPServer; server = MCPServer('orchid')",
        "len(server._lowlevel_server.middleware)",
        "mcp.server.mcpserver",
    ),
    "sentry_sdk.init and falcon": Case(
        "import sentry_sdk; sentry_sdk.init()",
        "import falcon; app = falcon.App()",
        "len(app._middleware[0])",
        "falcon",
    ),
    "ddtrace.patch(starlette=True)": Case(
        "import ddtrace; ddtrace.patch(starlette=True)",
        "from starlette.applications import Starlette; app = Starlette()",
        "len(app.user_middleware)",
        "ddtrace",
    ),
    "AioHttpClientInstrumentor": Case(
        "import opentelemetry.instrumentation.aiohttp_client as instrumentation\n"
        "instrumentation.AioHttpClientInstrumentor().instrument()",
        "import asyncio, aiohttp\n"
        "async def make(): return aiohttp.ClientSession()\n"
        "session = asyncio.run(make())",
        "len(session._trace_configs)",
        "opentelemetry.instrumentation.aiohttp_client",
    ),
    "DjangoInstrumentor": Case(
        "import opentelemetry.instrumentation.django as instrumentation\n"
        "from django.conf import settings\n"
        "settings.configured or settings.configure(MIDDLEWARE=[])\n"
        "instrumentation.DjangoInstrumentor().instrument()",
        "from django.conf import settings\n"
        "settings.configured or settings.configure(MIDDLEWARE=[])\n"
        "from django.core.wsgi import get_wsgi_application; application = get_wsgi_application()",
        "len(application._exception_middleware)",
        "opentelemetry.instrumentation.django",
    ),
    "uvloop.install": Case(
        "import uvloop; uvloop.install()",
        "import asyncio; loop = asyncio.new_event_loop()",
        "type(loop).__module__",
        "uvloop",
    ),
    "nest_asyncio.apply": Case(
        "import asyncio, nest_asyncio\n"
        "try: nest_asyncio.apply(asyncio.new_event_loop()); fails = False\n"
        "except ValueError: fails = True",
        "import uvloop; uvloop.install()",
        "fails",
        "nest_asyncio",
    ),
    "FlaskInstrumentor": Case(
        "import opentelemetry.instrumentation.flask as instrumentation\n"
        "instrumentation.FlaskInstrumentor().instrument()",
        "from flask import Flask",
        "Flask.__name__",
        "opentelemetry.instrumentation.flask",
    ),
    "FastAPIInstrumentor": Case(
        "import opentelemetry.instrumentation.fastapi as instrumentation\n"
        "instrumentation.FastAPIInstrumentor().instrument()",
        "from fastapi import FastAPI",
        "FastAPI.__name__",
        "opentelemetry.instrumentation.fastapi",
    ),
    "SQLAlchemyInstrumentor": Case(
        "import opentelemetry.instrumentation.sqlalchemy as instrumentation\n"
        "instrumentation.SQLAlchemyInstrumentor().instrument()",
        "from sqlalchemy import create_engine; engine = create_engine('sqlite://')",
        "bool([*engine.dispatch.before_cursor_execute])",
        "opentelemetry.instrumentation.sqlalchemy",
    ),
    "ddtrace.patch(requests=True)": Case(
        "import ddtrace; ddtrace.patch(requests=True)",
        "from requests import Session; session = Session()",
        "hasattr(session.send, '__wrapped__')",
        "ddtrace",
        False,
    ),
    "ddtrace.patch(pymysql=True)": Case(
        "import ddtrace; ddtrace.patch(pymysql=True)",
        "from pymysql import connect",
        "hasattr(connect, '__wrapped__')",
        "ddtrace",
    ),
}
"""What is looked at, by name."""


def run(name: str, when: str) -> str:
    """Return what one case gives, early or late, in this process."""
    case = CASES[name]
    before, after = (case.sets, case.settles) if when == "early" else (case.settles, case.sets)
    names: dict[str, object] = {}
    exec(f"import multiprocessing, os, time\n{before}\n{after}", names)
    return repr(eval(case.shows, names))


if __name__ == "__main__":
    print(run(*sys.argv[1:]))
