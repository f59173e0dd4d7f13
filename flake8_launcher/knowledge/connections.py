"""Calls that connect to what a service needs: databases, brokers, registries.

They fail as long as the other side is not there, or does not want this process.
"""

from __future__ import annotations

from flake8_launcher.knowledge import canonical, is_project
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.table import Table

_TABLE = Table(
    dict.fromkeys(
        (
            "MySQLdb.connect",
            "aio_pika.connect",
            "aio_pika.connect_robust",
            "aiohttp.ClientSession().ws_connect",
            "aiokafka.*().start",
            "aiomqtt.Client()",
            "aiomysql.connect",
            "aiomysql.create_pool",
            "aiopg.connect",
            "aiopg.create_pool",
            "aiormq.connect",
            "amqp.Connection().connect",
            "asyncio.AbstractEventLoop().create_connection",
            "asyncio.AbstractEventLoop().create_unix_connection",
            "asyncio.open_connection",
            "asyncio.open_unix_connection",
            "asyncio_mqtt.Client()",
            "asyncpg.connect",
            "asyncpg.create_pool",
            "cassandra.cluster.Cluster().connect",
            "cx_Oracle.connect",
            "django.db.connection.ensure_connection",
            "django.db.connections[].cursor",
            "django.db.connections[].ensure_connection",
            "elasticsearch.*Elasticsearch().info",
            "elasticsearch.*Elasticsearch().ping",
            "gmqtt.Client().connect",
            "kafka.KafkaConsumer",
            "kafka.KafkaProducer",
            "kazoo.client.KazooClient().start",
            "kombu.Connection().connect",
            "kombu.Connection().ensure_connection",
            "ldap3.Connection().bind",
            "mysql.connector.connect",
            "nats.aio.client.Client().connect",
            "nats.connect",
            "oracledb.connect",
            "paho.mqtt.client.Client().connect",
            "paho.mqtt.client.Client().reconnect",
            "peewee.*Database().connect",
            "pika.*Connection",
            "psycopg.*connect",
            "psycopg.connect",
            "psycopg2.connect",
            "pymongo.*Client().admin.command",
            "pymongo.*Client().server_info",
            "pymssql.connect",
            "pymysql.connect",
            "pyodbc.connect",
            "redis.*Redis().ping",
            "redis.*from_url().ping",
            "serial.Serial",
            "socket.create_connection",
            "socket.socket().connect",
            "socketio.*Client().connect",
            "sqlalchemy.create_engine().begin",
            "sqlalchemy.create_engine().connect",
            "sqlalchemy.engine.create_engine().connect",
            "sqlalchemy.ext.asyncio.create_async_engine().begin",
            "sqlalchemy.ext.asyncio.create_async_engine().connect",
            "stomp.*Connection*().connect",
            "telnetlib.Telnet",
            "valkey.*Valkey().ping",
            "websocket.create_connection",
            "websockets.*connect",
            "websockets.connect",
        ),
        True,
    )
)
"""Names of calls; with ``()`` at the end, that of a client that connects when ``async with``
enters it."""
_SHAPE = deferred(
    r"(?:^|[._])(?:db|database|broker|rabbit\w*|amqp|mq|redis|mongo\w*|kafka|mqtt|postgres\w*"
    r"|mysql|nats)(?:\(\))?\.(?:connect|ensure_connection|wait_until_ready)$"
    r"|(?:^|\.)(?:connect|wait)_(?:to|for)_(?:db|database|broker|rabbit\w*|redis|mongo\w*|kafka"
    r"|mqtt|postgres\w*|mysql|nats)$"
)
"""What functions of the project that connect are called."""


LAZY = deferred(
    r"^redis\.(?:[\w.]+\.)?(?:(?:Strict)?Redis(?:\.from_url)?|from_url)$"
    r"|^pymongo\.(?:\w+\.)?MongoClient$|^sqlalchemy\.(?:engine\.)?create_engine$"
    r"|^aiokafka\.(?:\w+\.)?AIOKafka(?:Consumer|Producer)$"
)
"""Calls that make a client which connects only when it is first used."""


_RAISES_OS_ERROR = frozenset(
    {
        "asyncio.open_connection",
        "asyncio.open_unix_connection",
        "paho.mqtt.client.Client().connect",
        "paho.mqtt.client.Client().reconnect",
        "serial.Serial",
        "socket.create_connection",
        "socket.socket().connect",
        "telnetlib.Telnet",
        "websockets.connect",
    }
)


def raises_os_error(name: str) -> bool:
    """Tell whether a call of a qualified name fails with ``OSError`` where it cannot connect."""
    return canonical(name) in _RAISES_OS_ERROR


def connects(name: str) -> bool:
    """Tell whether a step connects to something that the service needs.

    :param name: the qualified name of what is called, or awaited.
    """
    known = canonical(name)
    if _TABLE.get(known):
        return True
    return is_project(known) and _SHAPE.search(known) is not None
