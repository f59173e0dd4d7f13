"""What takes effect only before something else: the calls on both sides, by what they do.

The names of the calls alone, which every launch path is searched for; what is large is beside, in
:mod:`.environment_variables`, and is asked when something of it stands on a path.
"""

from __future__ import annotations

from collections.abc import Mapping

from flake8_launcher.knowledge.deferred import deferred

# the environment

ENVIRONMENT = "os.environ"
SET_ITEM = "os.environ[]"
SETS_DEFAULT = "os.environ.setdefault"
"""What sets a variable only where it is not set."""
SETS_ONE = frozenset({SETS_DEFAULT, "os.putenv", "os.environ.__setitem__"})
SETS_SEVERAL = "os.environ.update"
SETS = SETS_ONE | {ENVIRONMENT, SET_ITEM, SETS_SEVERAL}
"""Whatever sets variables of the environment."""
GETTERS = frozenset({"os.environ.get", "os.getenv"})
READERS = frozenset(
    {
        "decouple.AutoConfig()",
        "decouple.config",
        "flask.Flask().config.from_envvar",
        "os.environ.get",
        "os.environ.items",
        "os.environ.pop",
        "os.environb.get",
        "os.getenv",
        "os.getenvb",
        "quart.Quart().config.from_envvar",
        "starlette.config.Config()",
        *(
            f"{holder}.{kind}"
            for holder in ("environ.Env()", "environs.Env()", "environs.env")
            for kind in (
                "bool",
                "cache",
                "cache_url",
                "db",
                "db_url",
                "dict",
                "float",
                "int",
                "json",
                "list",
                "path",
                "str",
                "url",
            )
        ),
        "environ.Env()",
        "environs.Env()",
        "environs.env",
    }
)
"""Calls that read a variable of the environment: the first argument is its name."""

READS_ALL = frozenset({"os.environ.items"})
"""Those that read all variables, and take no name."""

READS_FILE = frozenset({"decouple.AutoConfig()", "decouple.config"})
"""Those that look for a file ``.env`` by themselves."""

SETTINGS = frozenset({"pydantic.BaseSettings", "pydantic_settings.BaseSettings"})
"""Classes whose instances read the variables that their fields are called like."""
PREFIX, FILE = "env_prefix", "env_file"
"""What settings of such a class say of the variables, and of a file that is read as well."""

LOADS_FILE = frozenset(
    {
        "dotenv.load_dotenv",
        "dotenv.main.load_dotenv",
        "dotenv.read_dotenv",
        "flask.cli.load_dotenv",
        "environ.Env.read_env",
        "environ.Env().read_env",
        "environs.Env().read_env",
        "environs.Env.read_env",
        "environs.env.read_env",
    }
)
"""Calls that put what a file holds into the environment."""
LOADS_WORD = deferred(r"\b(?:load_dotenv|read_dotenv|read_env)\(")
"""What the text of a module has in it that makes one of these calls."""
OF_FILE = deferred(
    r"^(?:io\.)?open\(\)\[\]|^(?:json|yaml)\.\w+\(\)"
    r"|(?:^|\.)(?:read|read_text|readlines)\(\)\S*\[\]"
)
"""What the name begins with, or has in it, of something that a file holds."""
FILE_VALUES = frozenset({"dotenv.dotenv_values()", "dotenv.main.dotenv_values()"})
"""What such a file holds, before anything puts it there."""

OF_SYSTEM = frozenset(
    {
        "APPDATA",
        "CI",
        "COLUMNS",
        "COMPUTERNAME",
        "DISPLAY",
        "EDITOR",
        "HOME",
        "HOSTNAME",
        "INVOCATION_ID",
        "JOURNAL_STREAM",
        "LANG",
        "LANGUAGE",
        "LISTEN_FDS",
        "LISTEN_PID",
        "LOCALAPPDATA",
        "LOGNAME",
        "MAINPID",
        "NOTIFY_SOCKET",
        "PATH",
        "PROGRAMDATA",
        "PWD",
        "SHELL",
        "SYSTEMROOT",
        "TEMP",
        "TERM",
        "TMP",
        "TMPDIR",
        "TZ",
        "USER",
        "USERPROFILE",
        "VIRTUAL_ENV",
        "WATCHDOG_USEC",
        "WAYLAND_DISPLAY",
        "WINDIR",
    }
)
"""Variables that the system sets, and no file of a project."""
OF_SYSTEM_PREFIXES = (
    *("DBUS_", "GITHUB_", "KUBERNETES_", "LC_", "PYTEST_", "PYTHON", "SSH_", "SUDO_", "XDG_"),
)

READ_AT_START = frozenset(
    {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONFAULTHANDLER",
        "PYTHONHASHSEED",
        "PYTHONIOENCODING",
        "PYTHONMALLOC",
        "PYTHONOPTIMIZE",
        "PYTHONTRACEMALLOC",
        "PYTHONUNBUFFERED",
        "PYTHONUTF8",
    }
)
"""Variables that Python reads when the process begins."""

SETS_ZONE = "time.tzset"
ZONE = "TZ"
DJANGO = "DJANGO_SETTINGS_MODULE"
DJANGO_LOGGING = "LOGGING"
DJANGO_LOGGING_CALL = "LOGGING_CONFIG"
"""The settings of Django's that are given to ``dictConfig``, and the call instead of that."""

STARTS_PROCESS = deferred(
    r"(?:os\.(?:exec|spawn|posix_spawn|system|popen)|subprocess\.|asyncio\.create_subprocess_"
    r"|multiprocessing\.(?:\w+\(\)\.)?(?:Process|Pool)|billiard\.|pexpect\.|sh\.)"
)
"""How calls begin that start a process, which finds what was set before."""
STARTS_WORKERS = frozenset({"uvicorn.run", "uvicorn.Config", "granian.Granian", "sanic.Sanic"})
OF_WORKERS = ("reload", "workers")
"""Calls that start processes with such arguments, which import everything anew."""

READ_BY_CALLS = frozenset(
    {
        "boto3.client",
        "boto3.resource",
        "opentelemetry.exporter.otlp.proto.grpc.metric_exporter.OTLPMetricExporter",
        "opentelemetry.exporter.otlp.proto.grpc.trace_exporter.OTLPSpanExporter",
        "opentelemetry.exporter.otlp.proto.http.metric_exporter.OTLPMetricExporter",
        "opentelemetry.exporter.otlp.proto.http.trace_exporter.OTLPSpanExporter",
        "opentelemetry.sdk.resources.Resource.create",
        "opentelemetry.sdk.trace.TracerProvider",
        "pygame.display.init",
        "pygame.init",
        "pygame.mixer.init",
        "sentry_sdk.init",
        "torch.cuda.current_device",
        "torch.cuda.get_device_name",
        "torch.cuda.get_device_properties",
        "torch.cuda.init",
        "torch.cuda.is_available",
        "torch.cuda.set_device",
    }
)
"""Calls that read a variable of :mod:`.environment_variables`."""

# logging

LOGGER = "logging.getLogger"
DISABLING: Mapping[str, tuple[int, str]] = {
    "logging.config.dictConfig": (0, "config"),
    "logging.config.fileConfig": (0, "fname"),
    "uvicorn.Config": (-1, "log_config"),
    "uvicorn.run": (-1, "log_config"),
}
"""Calls that disable the loggers that are there and not named in what they are given, and where
that is passed: they do so unless they are told not to."""
FILE_CONFIG = "logging.config.fileConfig"
FILE_CONFIG_WORD = "fileConfig("
MIGRATION_COMMANDS = frozenset(
    {"check", "current", "downgrade", "ensure_version", "stamp", "upgrade"}
)
ALEMBIC, ALEMBIC_COMMAND = "alembic.command.", "alembic.config.main"
MIGRATES = frozenset(
    {
        ALEMBIC_COMMAND,
        *(f"{ALEMBIC}{name}" for name in MIGRATION_COMMANDS),
        *(f"flask_migrate.{name}" for name in MIGRATION_COMMANDS),
    }
)
"""Calls that run the file ``env.py`` of a project's migrations."""
MIGRATIONS = "alembic.config.Config"
"""What such calls of Alembic's own are given, made with the name of a file or without one."""
DISABLES = "disable_existing_loggers"
KEEPS_HANDLERS = "logging.basicConfig"
ROOT = "logging.root"
ROOT_NAMES = (None, "", "root")
"""Names for which ``logging.getLogger`` gives the root logger."""
SETS_ROOT_UP = frozenset(
    {
        f"{ROOT}.addHandler",
        "logging.basicConfig",
        "logging.config.fileConfig",
        "logging.critical",
        "logging.debug",
        "logging.error",
        "logging.exception",
        "logging.info",
        "logging.log",
        "logging.warn",
        "logging.warning",
    }
)
"""Calls after which the root logger has a handler."""

RUNS_WITH_HANDLER = frozenset({"absl.app.run"})
"""Calls that give the root logger a handler, and then run what they are given."""
SETS_LOGGER_CLASS = "logging.setLoggerClass"
BINDS_LOGGER = frozenset(
    f"structlog.{getter}().{method}"
    for getter in ("get_logger", "getLogger", "stdlib.get_logger")
    for method in ("bind", "new")
)
"""Calls that give a logger of structlog's what it is configured to do by then."""
CONFIGURES_STRUCTLOG = "structlog.configure"

READS_FILE_OF_LOGGING = deferred(
    r"(?:yaml|ruamel\.yaml|json|tomllib|toml|tomli)\.(?:\w+\(\)\.)?\w*load\w*\(\)(?:\[\])*"
)
"""What is read of a file, which ``dictConfig`` may be given."""

ROOT_LOGGER = (
    "logging.root.",
    "logging.getLogger().handlers",
    "logging.getLogger().removeHandler",
)
"""How what removes handlers of the root logger begins."""

# choices that can be made once

_MULTIPROCESSING = (
    "Array",
    "Barrier",
    "BoundedSemaphore",
    "Condition",
    "Event",
    "JoinableQueue",
    "Lock",
    "Manager",
    "Pool",
    "Process().start",
    "Queue",
    "RLock",
    "Semaphore",
    "SimpleQueue",
    "Value",
    "get_context",
    "get_start_method",
    "set_start_method",
)
_OF_MULTIPROCESSING = ("multiprocessing", "torch.multiprocessing")
"""The module, and the one that has all of its names, too."""
EXECUTORS = frozenset(
    {
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.process.ProcessPoolExecutor",
    }
)
SETTLES_START_METHOD = frozenset(
    {
        *(f"{module}.{name}" for module in _OF_MULTIPROCESSING for name in _MULTIPROCESSING),
        *EXECUTORS,
    }
)
"""Calls after which multiprocessing has a start method, and takes no other."""
PROCESSES = frozenset(f"{module}.Process" for module in _OF_MULTIPROCESSING)
"""Classes of processes that are told the start method when they begin."""
START_METHODS = frozenset(f"{module}.set_start_method" for module in _OF_MULTIPROCESSING)

OF_CONTEXT = frozenset(f"{module}.get_context" for module in _OF_MULTIPROCESSING)
"""Calls that settle it only where they name none."""

CONTEXTS = tuple(f"{name}()" for name in sorted(OF_CONTEXT))
"""How the names begin of what belongs to a start method of its own."""
GIVEN_CONTEXT = "mp_context"
"""The keyword by which an executor is given one."""
SPAWNING = ("spawn", "forkserver")
MAKES_PROCESS = frozenset(
    {
        *(f"{executor}().{method}" for executor in EXECUTORS for method in ("map", "submit")),
        *(
            f"{maker}.{name}"
            for maker in (*_OF_MULTIPROCESSING, *CONTEXTS)
            for name in ("Manager", "Pool", "Process().start")
        ),
    }
)
"""Calls of multiprocessing that start a process."""
ALWAYS_SPAWNS = "torch.multiprocessing.spawn"
SPAWNS: Mapping[str, str] = {
    "hypercorn.run.run": "hypercorn",
    "sanic.Sanic().run": "sanic",
    "sanic.Sanic.serve": "sanic",
    "uvicorn.main": "uvicorn",
    "uvicorn.run": "uvicorn",
}
"""Servers whose workers import the main module, and by what they are told to have some."""

HYPERCORN_WORKERS = ".Config().workers"
HYPERCORN_LOADS = (".from_mapping", ".from_object", ".from_pyfile", ".from_toml")
"""How the names end of what tells hypercorn how many workers it has: none, or as a file says."""
ENDS_ON_IMPORT = deferred(
    r"(?m)^if __name__ != [\"']__main__[\"']:(?: *#[^\n]*)?\n(?:[ \t]+[^\n]*\n){0,9}?"
    r"[ \t]+(?:raise\b|(?:sys\.exit|os\._exit|exit|quit)\()"
)
"""Text of a module that ends where it is imported, as a worker does."""
SPAWNS_BY_DEFAULT = 14
"""The version of Python 3 from which on multiprocessing spawns on Linux unless it is told not to:
``forkserver`` imports the main module again, as ``spawn`` does."""

POLICIES = frozenset({"asyncio.set_event_loop_policy", "uvloop.install"})
"""Calls that say what kind of event loop is made from now on."""
MAKES_LOOP = frozenset(
    {
        "asyncio.ensure_future",
        "asyncio.get_event_loop",
        "asyncio.new_event_loop",
        "asyncio.set_event_loop",
        "asyncio.events.new_event_loop",
        "pyrogram.Client",
    }
)
RUNS_NEW_LOOP = frozenset({"asyncio.run", "asyncio.Runner", "asyncio.new_event_loop"})
"""Calls that make an event loop, and run it or give it to be run."""
RUNS_COROUTINE = frozenset({"asyncio.run", "asyncio.Runner().run"})
RUNS_UNTIL_COMPLETE = "().run_until_complete"
RUNS_LOOP = ("().run_forever", RUNS_UNTIL_COMPLETE, "pyrogram.Client().run")
"""How the names of calls end that run a loop."""
NESTS = "nest_asyncio.apply"
MAKES_UVLOOP = frozenset({"uvloop.install", "uvloop.run"})
TAKES_LOOP = frozenset({"uvicorn.Config", "uvicorn.run"})
"""Servers that are told by ``loop`` what kind of event loop to run."""
UVLOOP_POLICY = "uvloop.EventLoopPolicy()"

# processes that are forked, or started twice

STARTED: Mapping[str, str] = {
    "MySQLdb.connect": "connection",
    "apscheduler.schedulers.asyncio.AsyncIOScheduler().start": "scheduler",
    "apscheduler.schedulers.background.BackgroundScheduler().start": "scheduler",
    "apscheduler.schedulers.gevent.GeventScheduler().start": "scheduler",
    "concurrent.futures.ThreadPoolExecutor().submit": "thread",
    "confluent_kafka.Consumer": "thread",
    "confluent_kafka.Producer": "thread",
    "crochet.setup": "thread",
    "cx_Oracle.SessionPool": "connection",
    "cx_Oracle.connect": "connection",
    "flask_apscheduler.APScheduler().start": "scheduler",
    "flask_socketio.SocketIO().start_background_task": "thread",
    "flask_sqlalchemy.SQLAlchemy().create_all": "connection",
    "flask_sqlalchemy.SQLAlchemy().reflect": "connection",
    "kafka.KafkaConsumer": "connection",
    "kafka.KafkaProducer": "connection",
    "logging.handlers.QueueListener().start": "thread",
    "mongoengine.connect": "connection",
    "mysql.connector.connect": "connection",
    "mysql.connector.pooling.MySQLConnectionPool": "connection",
    "oracledb.connect": "connection",
    "oracledb.create_pool": "connection",
    "paho.mqtt.client.Client().loop_start": "thread",
    "pika.BlockingConnection": "connection",
    "prometheus_client.start_http_server": "thread",
    "psycopg.connect": "connection",
    "psycopg2.connect": "connection",
    "psycopg2.pool.SimpleConnectionPool": "connection",
    "psycopg2.pool.ThreadedConnectionPool": "connection",
    "psycopg_pool.ConnectionPool": "thread",
    "pymongo.MongoClient": "connection",
    "pymysql.connect": "connection",
    "sqlalchemy.MetaData().create_all": "connection",
    "sqlalchemy.MetaData().reflect": "connection",
    "sqlalchemy.create_engine().connect": "connection",
    "sqlalchemy.ext.automap.automap_base().prepare": "connection",
    "sqlalchemy.ext.declarative.declarative_base().metadata.create_all": "connection",
    "sqlalchemy.orm.DeclarativeBase.metadata.create_all": "connection",
    "sqlalchemy.orm.declarative_base().metadata.create_all": "connection",
    "sqlmodel.SQLModel.metadata.create_all": "connection",
    "threading.Thread().start": "thread",
    "threading.Timer().start": "thread",
    "watchdog.observers.Observer().start": "thread",
}
"""Calls that start what a fork leaves behind or shares, and what that is.

The pool of an engine keeps the connection that a call on its tables has opened.
"""
FOR_ITSELF = frozenset(
    {
        "confluent_kafka.Consumer",
        "confluent_kafka.Producer",
        "crochet.setup",
        "logging.handlers.QueueListener().start",
        "psycopg_pool.ConnectionPool",
    }
)
"""Calls of ``STARTED`` whose thread only serves its own process: several may have one."""
CONNECTION = "connection"
TWICE = {
    name: what
    for name, what in STARTED.items()
    if what != CONNECTION and name not in FOR_ITSELF
}
"""What does its work twice where two processes start it."""
CONNECTS = ("connect", "open")
"""Keywords by which clients and pools are told not to do so yet."""
MEANT_FOR_ALL = "registry"
"""What a server of metrics is given that shows those of all workers."""
MINDS_FORKS = deferred(
    r"\.dispose\(|after_(?:in_child|fork)|post_?fork|worker_process_init"
)
"""Words of a module that closes, or makes anew, what a fork would share."""
KEEPS_THREADS = ("celery",)
"""Servers whose main process has work of its own, so that a thread there may be right."""
FORKS = frozenset(
    {
        "daemon.DaemonContext",
        "daemon.DaemonContext().open",
        "daemonize.Daemonize().start",
        "gunicorn.app.base.Application().run",
        "gunicorn.app.base.BaseApplication().run",
        "gunicorn.app.wsgiapp.WSGIApplication().run",
        "os.fork",
        "tornado.process.fork_processes",
    }
)
"""Calls that fork the process, which goes on in the child."""
FORKS_BY_NUMBER = frozenset(
    {
        "tornado.httpserver.HTTPServer().start",
        "tornado.tcpserver.TCPServer().start",
    }
)
"""Calls that do so if their first argument is there, and not 1."""
RELOADS: Mapping[str, tuple[str, ...]] = {
    "bottle.Bottle().run": ("reloader",),
    "bottle.run": ("reloader",),
    "dash.Dash().run": ("use_reloader", "debug"),
    "flask.Flask().run": ("use_reloader", "debug"),
    "flask_socketio.SocketIO().run": ("use_reloader", "debug"),
    "werkzeug.run_simple": ("use_reloader",),
    "werkzeug.serving.run_simple": ("use_reloader",),
}
"""Servers that run the whole program a second time, and the keywords of which the first that is
given says so."""
DEBUGS = "flask.Flask().debug"
RUNS_DEBUGGED = "flask.Flask().run"
"""The attribute that says so to the call that is given no such keyword."""

# green workers

GREEN = deferred(
    r"(?:gevent|eventlet|ggevent|gevent_wsgi|gevent_pywsgi)"
    r"|gunicorn\.workers\.g(?:event|eventlet|gevent)\.\w+"
    r"|geventwebsocket\.gunicorn\.workers\.\w+"
)
GUNICORN_APPLICATIONS = frozenset(
    {
        "gunicorn.app.base.Application",
        "gunicorn.app.base.BaseApplication",
        "gunicorn.app.wsgiapp.WSGIApplication",
    }
)
CELERY_WORKERS = frozenset({"celery.Celery().start", "celery.Celery().worker_main"})
CELERY_WORKER = "celery.Celery().Worker"
CELERY_POOL = deferred(r"(?:--pool=|-P=?)(gevent|eventlet)|gevent|eventlet")
SOCKETS = frozenset({"flask_socketio.SocketIO", "flask_socketio.SocketIO().init_app"})
"""Servers of WebSockets, whose queue blocks all of them in a process that is not patched."""
SOCKETS_QUEUE, SOCKETS_MODE = "message_queue", "async_mode"
ASKS_FOR_GREEN = GUNICORN_APPLICATIONS | CELERY_WORKERS | SOCKETS | {CELERY_WORKER}
GRPC = frozenset(
    {
        "grpc.insecure_channel",
        "grpc.secure_channel",
        "grpc.server",
    }
)
GRPC_READY = "grpc.experimental.gevent.init_gevent"

# instrumentation

INSTRUMENTS = deferred(
    r"^(?:azure\.monitor\.opentelemetry\.configure_azure_monitor|logfire\.instrument_pydantic"
    r"|opentelemetry\.instrumentation\.auto_instrumentation\.initialize"
    r"|ddtrace(?:\.auto)?|ddtrace\.(?:monkey\.)?patch(?:_all)?|elasticapm\.instrument"
    r"|newrelic\.agent\.initialize|sentry_sdk\.init"
    r"|psycogreen\.\w+\.patch_psycopg|pymysql\.install_as_MySQLdb|requests_cache\.install_cache"
    r"|sys\.modules\[\])$|Instrumentor(?:Client|Server)?\(\)\.instrument(?:_app)?$"
)
"""Calls that replace something by name, or change what is made from then on."""
INSTRUMENTS_AT_IMPORT = "ddtrace.auto"
"""A module that does so when it is imported."""
MODULES = "sys.modules[]"
STANDARD = frozenset({"sqlite3"})
"""Packages of the standard library of which instrumentors and shims replace something."""
PYDANTIC_MODEL = "pydantic.BaseModel"
OBJECTS: Mapping[str, frozenset[str]] = {
    # listeners and handlers of a client or engine are taken when it is made
    "ddtrace.patch(pymongo)": frozenset({"pymongo.MongoClient"}),
    "ddtrace.patch(starlette)": frozenset({"starlette.applications.Starlette"}),
    # a middleware is added to the settings, which an application reads when it is made
    "opentelemetry.instrumentation.django.DjangoInstrumentor().instrument": frozenset(
        {"django.core.asgi.get_asgi_application", "django.core.wsgi.get_wsgi_application"}
    ),
    "opentelemetry.instrumentation.pymongo.PymongoInstrumentor().instrument": frozenset(
        {"pymongo.MongoClient"}
    ),
    "opentelemetry.instrumentation.aiohttp_client.AioHttpClientInstrumentor().instrument": (
        frozenset({"aiohttp.ClientSession"})
    ),
    "psycogreen.eventlet.patch_psycopg": frozenset({"psycopg2.connect"}),
    "psycogreen.gevent.patch_psycopg": frozenset({"psycopg2.connect"}),
}
"""What has to be made after a call, beside what :data:`.instrumentation.REPLACED` has of
classes and functions."""

AGENTS: Mapping[str, frozenset[str]] = {
    # a plugin of pydantic is asked when a class is made
    "logfire.instrument_pydantic": frozenset({PYDANTIC_MODEL}),
    # newrelic wraps Flask.add_url_rule and what makes handlers of FastAPI and Starlette
    "newrelic.agent.initialize": frozenset({"fastapi.FastAPI", "flask.Flask"}),
    # sentry wraps what the constructors of these do; of Flask, FastAPI, Starlette, Quart, Bottle
    # and aiohttp.web what is called later: they send the same events, made before or after
    "sentry_sdk.init": frozenset(
        {
            "falcon.App",
            "fastmcp.FastMCP",
            "fastmcp.server.FastMCP",
            "litestar.Litestar",
            "mcp.server.MCPServer",
            "mcp.server.fastmcp.FastMCP",
            "mcp.server.mcpserver.MCPServer",
            "strawberry.Schema",
        }
    ),
}
"""Agents, and what they miss when it was made before: told where the agent begins."""

MAKES = frozenset(
    {
        "aiohttp.web.Application",
        "grpc.aio.insecure_channel",
        "grpc.aio.secure_channel",
        "grpc.aio.server",
        "grpc.insecure_channel",
        "grpc.secure_channel",
        "grpc.server",
        "psycopg.connect",
        "pymysql.connect",
        "requests.Session",
        "sqlalchemy.create_engine",
        "sqlalchemy.ext.asyncio.create_async_engine",
    }
).union(*OBJECTS.values(), *AGENTS.values()) - {PYDANTIC_MODEL}
"""Calls that make what instrumentors replace, by name or for what is made from then on."""

APPLICATIONS = frozenset({"fastapi.FastAPI", "starlette.applications.Starlette"})
"""Applications that have put their middleware together when their lifespan begins."""
STARTS_UP = frozenset(f"{application}().on_event" for application in APPLICATIONS)
"""Decorators whose functions they run after that, too."""
ADDS_MIDDLEWARE = frozenset(
    {
        *(f"{application}().add_middleware" for application in APPLICATIONS),
        "prometheus_fastapi_instrumentator.Instrumentator().instrument",
    }
)
"""Calls that add to it, and fail by then."""

# Django

DJANGO_SETTINGS = "django.conf.settings"
NEEDS_SETTINGS = deferred(
    r"rest_framework\.(?:decorators|filters|generics|pagination|parsers|renderers|routers|schemas"
    r"|throttling|versioning|views|viewsets)"
    r"|rest_framework_simplejwt\.(?:authentication|backends|models|serializers|settings|state"
    r"|tokens|views)"
)
"""Modules that read Django's settings when they are imported."""
NEEDS_DJANGO = deferred(
    r"django\.contrib\.(?:admin|auth|contenttypes|flatpages|redirects|sessions|sites)\.models"
    r"|django\.contrib\.auth\.(?:admin|forms)|rest_framework\.authtoken\.models"
    r"|guardian\.models|oauth2_provider\.models|taggit\.models|django_celery_beat\.models"
)
"""Modules that need Django's applications when they are imported."""
DJANGO_MODELS = frozenset(
    {
        "django.contrib.auth.models.AbstractBaseUser",
        "django.contrib.auth.models.AbstractUser",
        "django.contrib.gis.db.models.Model",
        "django.db.models.Model",
        "django.db.models.base.Model",
        "model_utils.models.TimeStampedModel",
        "mptt.models.MPTTModel",
        "polymorphic.models.PolymorphicModel",
    }
)
"""Classes from which a class can be derived only when Django's applications are ready."""
MODELS = DJANGO_MODELS | {PYDANTIC_MODEL}
DJANGO_CALLS = frozenset({"django.contrib.auth.get_user_model", "django.apps.apps.get_model"})
"""Calls that need them, too."""
READIES_DJANGO = frozenset(
    {
        "configurations.setup",
        "configurations.asgi.get_asgi_application",
        "configurations.wsgi.get_wsgi_application",
        "django.setup",
        "django.core.asgi.get_asgi_application",
        "django.core.management.execute_from_command_line",
        "django.core.wsgi.get_wsgi_application",
    }
)
CONFIGURES_DJANGO = frozenset({"django.conf.settings.configure"})

NOTED = frozenset(
    {
        LOGGER,
        *MAKES,
        *CONFIGURES_DJANGO,
        *DJANGO_CALLS,
        *READIES_DJANGO,
        SETS_ZONE,
        SETS_LOGGER_CLASS,
        CONFIGURES_STRUCTLOG,
        *BINDS_LOGGER,
        *RUNS_WITH_HANDLER,
        *READ_BY_CALLS,
        *STARTED,
        *SETS_ROOT_UP,
        *DISABLING,
        *MIGRATES,
        *LOADS_FILE,
        *SETTLES_START_METHOD,
        *POLICIES,
        *MAKES_LOOP,
    }
)
"""Calls that count where the top level of a module makes them."""

ORDERED = NOTED.union(
    FORKS,
    FORKS_BY_NUMBER,
    SETS_ONE,
    MAKES_UVLOOP,
    (SET_ITEM, SETS_SEVERAL, NESTS, ENVIRONMENT),
)
"""What counts on a launch path."""
