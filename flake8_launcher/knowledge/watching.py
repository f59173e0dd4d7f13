"""Calls that look after threads, tasks and processes, or only wait or speak, by their names."""

from __future__ import annotations

from flake8_launcher.knowledge.deferred import deferred

GREENLETS = deferred(r"^gevent\.(?:\w+\.)*(?:spawn|spawn_later)$")
STARTED = deferred(r"(?:Thread|Timer)\(\)\.start$")
ASKS = deferred(
    r"(?:is_?alive|exit_?code|exception|result|results|successful|ready|dead|died"
    r"|failed|get|(?<!un)link\w*|addErrback|addCallbacks"
    r"|as_completed|gather|raise_(?!for_status)\w+|check\w*|poll|health\w*|monitor\w*|watch\w*"
    r"|supervis\w*|kill|_exit|abort)$"
)
"""What may ask a thread or task how it does, or look after it, once it is there."""
HOLDS = deferred(r"^(?:dict|list|set|str|tuple)\(\)\.\w+$|Queue\(\)\.get$|^os\.environ\.")
"""What holds things of all kinds, and says nothing of threads."""
ALIVE = deferred(r"\.is_?[aA]live$")
"""What tells whether a thread runs, and not how it has ended."""
ENDS_ALL = deferred(
    r"(?:_exit|abort|raise_signal|interrupt_main)$|\bpsutil\.Process\(\)\.kill$"
    r"|(?<!Popen\(\)\.)(?<!Process\(\)\.)(?<!_exec\(\)\.)(?<!_shell\(\)\.)kill$"
)
"""What a thread may call to end the process that it runs in."""
HARDLY_FAILS = deferred(
    r"^(?:all|any|bool|callable|dict|enumerate|hasattr|id|isinstance|len|list|range|repr|set|str"
    r"|tuple|type|zip)$|^(?:threading|multiprocessing)\.(?:R?Lock|Event)\(\)(?:\.\w+)?$"
    r"|^datetime\.datetime\.(?:utc)?now(?:\(\)\.\w+)?$|^logging\."
)
"""Calls that hardly ever fail, and so do not end the loop that they stand in."""
HEARS = deferred(r"(?:excepthook|add_done_callback|set_exception_handler|interrupt_main)$")
"""What may hear of the failure of any thread or task, whenever it is set."""
ASKED_OF = ("_thread", "asyncio", "concurrent", "multiprocessing", "os", "signal", "threading")
"""What of the standard library has to do with threads, tasks and the end of the process."""
LAZY = ".map"
FORGETS = (".discard", ".remove")
"""Methods that a collection of tasks is told by that one has ended, however it did."""
FUTURES = deferred(r"^asyncio\.(?:Future|Event|\w+\(\)\.create_future)$")
SAYS = deferred(
    r"(?:^|[._])(?:print|print_exc\w*|format_exc|flush|debug|info|warn|warning|error|exception"
    r"|critical|log|msg|sleep|time|\w*close|\w*shutdown|stop|cleanup|disconnect|release|unlink"
    r"|remove|cancel|__exit__|is_\w+)$"
)
"""What a thread may do at its end of which nobody hears."""
JOINS = deferred(r"(?:^|\.)(?:join\w*|waitall|shutdown|__exit__)$")
WAITS_FOR_ALL = frozenset(
    {
        "anyio.sleep_forever",
        "asyncio.Event().wait",
        "asyncio.sleep",
        "eventlet.event.Event().wait",
        "gevent.event.AsyncResult().get",
        "gevent.event.Event().wait",
        "signal.pause",
        "threading.Event().wait",
        "trio.sleep_forever",
    }
)
"""Calls in which a main thread does nothing while others serve."""
HELD = deferred(r"^(?:dict|list|set)\(\)[^?]*\.(?:start|join)$")
"""What is done to threads in a collection."""
SLEEPS = deferred(
    r"^(?:time\.sleep|eventlet\.sleep|eventlet\.greenthread\.sleep|gevent\.sleep|asyncio\.sleep"
    r"|asyncio\.run|threading\.(?:Event|Condition)\(\)\.\w+|threading\.\w+|signal\.\w+"
    r"|queue\.\w*Queue\(\)\.\w+|logging\..*|input)$"
)
LOOKS_AFTER = deferred(
    r"is_?alive\b(?!\(\)(?:[^\n]{0,99}\n)?[^\n]{0,99}\.join\(|\(\):\s*return\b)"
    r"|excepthook|\b_exit\((?!0\))|interrupt_main|watchdog|\bactive_count\(\) ?[!<=>]"
    r"|\benumerate\(\)(?!(?:[^\n]{0,99}\n){0,4}[^\n]{0,99}_frames\()"
    r"|heartbeat_(?:age|time)|os\.kill\("
)
"""Words of a module that looks after its threads, or has them end the process with a failure.

Who asks whether a thread is there to wait for its end, or not to start it twice, does neither; nor
who counts them to say so, or goes through them to show where each is.
"""
TELLS_STATE = deferred(
    r"(?i)metric|prometheus|health|probe|ready|alive|stat(?:s|us)|debug|monitor"
)
"""Words of a server that only tells how the process does."""
FAILS_AT_TIMES = frozenset(
    {
        "MySQLdb",
        "adafruit_dht",
        "aio_pika",
        "aiohttp",
        "aiokafka",
        "aiomqtt",
        "aioredis",
        "asyncpg",
        "asyncua",
        "atproto",
        "binance",
        "bleak",
        "bluepy",
        "bme280",
        "boto3",
        "botocore",
        "caldav",
        "can",
        "cassandra",
        "ccxt",
        "cloudant",
        "confluent_kafka",
        "consul",
        "couchdb",
        "cx_Oracle",
        "docker",
        "doublethink",
        "easysnmp",
        "elasticsearch",
        "etcd3",
        "evdev",
        "fabric",
        "ftplib",
        "goodwe",
        "googleapiclient",
        "growattServer",
        "gspread",
        "hid",
        "httpx",
        "hvac",
        "imapclient",
        "imaplib",
        "influxdb",
        "influxdb_client",
        "jira",
        "kafka",
        "kazoo",
        "kombu",
        "kubernetes",
        "ldap",
        "ldap3",
        "libvirt",
        "mastodon",
        "meshtastic",
        "miio",
        "minimalmodbus",
        "motor",
        "mpd",
        "mysql",
        "napalm",
        "nats",
        "ncclient",
        "neo4j",
        "netmiko",
        "nmap",
        "opcua",
        "openai",
        "opensearchpy",
        "oracledb",
        "paramiko",
        "peewee",
        "pexpect",
        "pika",
        "plexapi",
        "poplib",
        "praw",
        "psycopg",
        "psycopg2",
        "pyVim",
        "pyaudio",
        "pymodbus",
        "pymongo",
        "pymssql",
        "pymysql",
        "pynng",
        "pyodbc",
        "pyowm",
        "pysftp",
        "pyvisa",
        "pyzabbix",
        "qbittorrentapi",
        "redis",
        "requests",
        "rethinkdb",
        "rethinkstuff",
        "serial",
        "slack_sdk",
        "smbus",
        "smbus2",
        "smtplib",
        "snap7",
        "spotipy",
        "sqlalchemy",
        "sqlite3",
        "stomp",
        "suds",
        "sunspec2",
        "telebot",
        "telegram",
        "telnetlib",
        "transmission_rpc",
        "tweepy",
        "twilio",
        "urllib3",
        "usb",
        "valkey",
        "vk_api",
        "w1thermsensor",
        "web3",
        "websocket",
        "websockets",
        "xmlrpc",
        "zeep",
    }
)
"""Packages whose calls fail as soon as the other side does not answer."""
FAILING_CALLS = frozenset(
    {
        "asyncio.open_connection",
        "http.client.HTTPConnection().request",
        "http.client.HTTPSConnection().request",
        "socket.create_connection",
        "socket.socket().connect",
        "socket.socket().send",
        "socket.socket().sendall",
        "socket.socket().sendto",
        "subprocess.check_call",
        "subprocess.check_output",
        "urllib.request.urlopen",
        "websocket.create_connection",
        "websocket.create_connection().recv",
    }
)
"""Other calls of which that is true, by their names."""
CALLS_AGAIN = "twisted.internet.task.LoopingCall"
"""What calls a function again and again, until that fails."""
CALLS_WHILE_TRUE = frozenset(
    {
        "gi.repository.GLib.timeout_add",
        "gi.repository.GLib.timeout_add_seconds",
        "gi.repository.GObject.timeout_add",
    }
)
"""What calls a function again as long as it returns something true, and not once it has raised."""
CALLS_LATER = frozenset(
    {
        "asyncio.AbstractEventLoop().call_later",
        "threading.Timer",
        "tornado.ioloop.IOLoop().call_later",
        "twisted.internet.reactor.callLater",
    }
)
"""What calls a function once, later."""
JOBS = deferred(r"^schedule\.(?:every|\w+\(\)\.every)\(.*\.do$")
"""What is given a job to run later, and lets its failures out."""
RUNS_JOBS = deferred(r"^schedule\.(?:\w+\(\)\.)?run_(?:all|pending)$")
"""What runs such jobs."""
MAKES_CALLS = deferred(
    r"(?:^|\.)(?!(?:close|commit|create_engine|cursor|disconnect|rollback|sessionmaker|shutdown)$)"
    r"[a-z_]\w*$"
)
"""What such a package is asked to do: no constructor, and no end."""
