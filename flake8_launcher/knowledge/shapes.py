"""What the names of a project's own functions tell where their bodies cannot be read.

A shape is a regular expression for the end of a qualified name. It is asked last, and never for
names of the standard library or of a framework that :mod:`.frameworks` lists.
"""

from __future__ import annotations

import re

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.model import Role

_STILL = "(?:_|be_|is_|do_|keep_|should_|still_)*"
_GOING = "active|alive|going|loop|looping|reconnect|restart|run|running|serving|up"
GOING = f"{_STILL}(?:{_GOING})_*"
"""What a variable is called that says that a service goes on."""
GOING_FLAG = f"{_STILL}(?:{_GOING}|connected|continue|ok|started)_*"
"""The same of an attribute; a variable of these names may hold what the service waits for."""
_SERVICE = r"(?:\w*(?:Server|Service|Daemon|Launcher|Supervisor|Worker|Agent|ServiceManager))"
_MAKES = (
    r"(?:(?:get|create|make|build|new|setup|init)_\w*"
    r"(?:server|service|daemon|launcher|worker))"
)
_GETS = rf"(?:{_SERVICE}(?:\.(?:create|get|get_instance|instance|from_\w+))?|{_MAKES})"
_RUNS = (
    r"(?:\w*(?:Bot|Bridge|Broker|Consumer|Dispatcher|Exporter|Gateway|Listener|Poller|Proxy"
    r"|Reactor|Receiver|Scheduler|Subscriber|Watcher)(?:Base)?)"
)
"""What else is there to be run: its name tells no more than that."""
_STARTS = "run|start|serve|launch|listen_and_serve|main|run_server|main_loop|start_serving"
_LASTING = (
    r"(?:consume|listen|loop|poll|process|receive|run|serve|watch|work)_(?:forever|indefinitely)"
)
"""What says that it does its work for ever, whatever library it is of."""
_DISTINCT = (
    rf"launch_service|{_LASTING}|blocking_start|(?:run|start)_blocking"
    r"|run_until_(?:disconnected|stopped)"
)
_SERVES = (
    r"(?:server|service|wsgi|services|daemon)\.(?:serve|launch|start|run)"
    r"|\w*(?:Server|Hub|Kernel|Notebook|Lab)\w*\.launch_(?:new_)?instance"
    r"|run_(?!on_|in_|local_server$)(?:\w+_)?(?:server|service|services|daemon|wsgi"
    r"|worker|workers|scheduler)"
    r"|(?:start|boot|serve|launch)_(?:\w+_)?"
    r"(?:server|servers|service|services|daemon|reactor|workers?)"
    r"|serve_wsgi|\w*eventlet_server|\w*_rpc_server|abstract_main|vip_main|daemon_loop"
    r"|main_loop|mainloop_forever"
)

READY_WORDS = (
    "prepare_service",
    "service_setup",
    "monkey",
    "patch_all",
    "patch_stdlib",
    "init_backend",
    "register_backend",
    "hub.patch",
    "EVENTLET_",
    "GEVENT_",
    "LOCUST_SKIP",
)
PATCH_TEXT = (
    r"(?:import|\.) ?monkey_?patch|monkey\.patch|\bpatch_(?:all|stdlib)"
    r"|\b(?:init_backend|register_backend_default_hook)\b|hub\.patch\("
    r"|[\"'](?:EVENTLET|GEVENT|LOCUST)_"
)
"""Text of a process that patches, or chooses a backend."""
READY_TEXT = rf"prepare_service|service_setup|{PATCH_TEXT}"
"""Text of a process that is made ready to be a service."""
NESTS_WORD = "nest_asyncio"
"""The word of what makes an event loop run in itself."""
SET_UP_WORDS = (
    "environ[",
    "environ.setdefault(",
    "environ.update(",
    "environ |=",
    "putenv(",
    "dotenv(",
    "read_env(",
    "basicConfig(",
    "fileConfig(",
    "dictConfig(",
    "set_start_method(",
    "get_context(",
    "multiprocessing.spawn(",
    "mp.spawn(",
    "set_event_loop_policy(",
    "uvloop.install(",
    NESTS_WORD,
    ".instrument(",
    "ddtrace.auto",
    "ddtrace.patch",
    "elasticapm.instrument(",
    "agent.initialize(",
    "sentry_sdk.init(",
    "patch_psycopg(",
    "install_as_MySQLdb(",
    "install_cache(",
    "sys.modules[",
)
"""Words of what takes effect only before something else."""
READING_WORDS = ("environ", "getenv", "decouple")
"""Words of which one is in every module that reads variables of the environment."""
VARIABLE_TEXT = (
    r"\benviron(?:\[[^\]\n]{1,80}\] ?=(?!=)|\.(?:setdefault|update)\()|\bputenv\("
)
"""Text of a call or assignment that sets a variable of the environment."""
IMPORTER_WORDS = ("import_",)
"""Words of which one is in every text of :data:`IMPORTER_TEXT`: they are found at once."""
IMPORTER_TEXT = (
    r"\bimport_(?:opt|group)\("
    r"|\b(?:import_(?:module|class|object)|__import__)\(\s*[\"'][\w.]+[\"']"
)
"""Text of an import of what a text names, or of options."""
SINK_WORDS = (
    "import_",
    "exec(",
    "eval(",
    "symbol_by_name",
    "resolve_name",
    "load_object",
    "load_source",
    "locate(",
    "namedAny(",
    "namedModule(",
    "namedObject(",
    "run_module",
    "SourceFileLoader",
    "spec_from_file",
)
"""Words of which one is in every text of :data:`SINK_TEXT`."""
SINK_TEXT = (
    r"(?<![\w.])(?:exec|eval)\((?!\s*[\"')])"
    r"|\b(?:import_(?:app|any|attribute|class|dotted_path|from_string|item|module|object|string)"
    r"|__import__|load_object|symbol_by_name|resolve_name|run_module|load_source|locate"
    r"|named(?:Any|Module|Object))"
    r"\((?!\s*(?:[\"'](?!%)[^%{]|\)))"
    r"|\b(?:import_object_ns|SourceFileLoader|spec_from_file_location)\("
)
"""Text of a call that runs code which something else than a literal names."""
PATH_WORDS = ("sys.path", "addsitedir")
"""Words of which one is in every text of :data:`PATH_TEXT`."""
PATH_TEXT = (
    r"\bsys\.path(?:\.(?:insert|append|extend)\b|(?:\[[^\]\n]{0,80}\])? ?\+?= ?)"
    r"|\baddsitedir\("
)
"""Text of a change of the path that modules are searched on."""
PART_SHAPES = (
    (
        ("umask(", "chmod(", "DaemonContext(", "/tmp", "/dev/shm", "getcwd(", "gettempdir("),
        r"\b(?:umask|DaemonContext)\(|\bchmod\((?![^\n)]{0,99}\b0o[0-7]{0,4}[0145]\))"
        r"|[\"']/(?:(?:var/)?tmp|dev/shm)\b|\b(?:getcwd|gettempdir)\(",
    ),
    (
        ("fileConfig(", "dictConfig(", "ConfigParser(", "dotenv", "from_pyfile(", "yaml.", "toml.")
        + ("tomllib.", "tomli.", "json.load", "pickle.load", "marshal.load", "shelve.open")
        + ("Dynaconf(", "from_file(", "_env_file=", "Loader)"),
        r"\b(?:file|dict)Config\(|ConfigParser\(|\b(?:load|read)_dotenv\(|\bdotenv_values\("
        r"|\b(?:yaml|toml|tomllib|tomli|json|pickle|marshal)\.\w*loads?\(|\bshelve\.open\("
        r"|\.from_(?:file|pyfile)\(|\bDynaconf\(|\b_env_file=|\bload\([^\n]{1,80}Loader\)",
    ),
    (
        # a message that is not filled in, or to which an exception is added
        ("xit(",),
        r"[eE]xit\(\s*f?[\"'][^\"'\n]*[\"'](?:,| \+ e\w{0,8}\))",
    ),
    (
        ("exec(", "eval(", "execfile(", "run_path(", "load_source(", "from_file_location(")
        + ("FileLoader(",),
        r"(?<![.\w])(?:exec|eval|execfile)\(|\b(?:run_path|load_source)\("
        r"|\b(?:spec_from_file_location|SourceFileLoader)\(",
    ),
    (
        ("log_opt_values(", "CONF(", " conf(", "ConfigOpts(", "sys.path", "disable_warnings"),
        r"log_opt_values\(|\b(?:CONF|conf|ConfigOpts)\(|disable_warnings\(|\bsys\.path\b",
    ),
    (
        ("environ)", "environ,", "model_dump", "onfig.items()", "environ.items()", "_args("),
        r"(?:print|pprint|echo|debug|info|warning|error|log)\([^\n]*"
        r"(?:\benviron[),]|\.model_dump(?:_json)?\()"
        r"|for [^\n]{1,40} in [^\n]{0,40}(?:\bconfig|environ)\.items\(\)"
        r"|\bparse_(?:known_)?args\([^\n]*\n(?:[^\n]*\n){0,6}[^\n]*(?:print|debug|info|log)\("
        r"[^\n]*\b(?:args|options|opts|namespace)\)",
    ),
    (
        ("while ", "target=", "Connection"),
        r"\bwhile [^\n]{1,60}:\n\s+(?:#[^\n]*\n\s+)?(?:try:|with [\w.]{0,40}suppress\()"
        r"|\btarget=(?!(?:functools\.)?partial\()[\w.]{1,80}\("
        r"|\bexcept \(?(?:\w{1,40}, )?Connection(?:Aborted|Refused|Reset)?Error\b",
    ),
    (
        ("= lambda", "patch"),
        r"\n +(?!self\b|cls\b)\w{1,40}\.[\w.]{1,80} = lambda\b|\bdef \w{0,40}patch\w{0,40}\("
        r"|\bmock\.patch",
    ),
    (
        (".bind(", "secure_port(", "listenTCP(", ".connect(", "parser.get", "Redis(")
        + ("MongoClient(", "create_engine("),
        r"(?:\.(?:bind|add_(?:in)?secure_port|listenTCP|connect)|parser\.get\w{0,10}"
        r"|\b(?:Redis|MongoClient|create_engine))\("
        r"[^\n]*\n(?:[^\n]*\n)?\s+except\b",
    ),
    (
        (".join()", "return_exceptions", "SIGTERM", "READY=1", "getpid", ") and sys.exit(")
        + (") and exit(", "asyncio.run(", "trio.run(", "anyio.run(", "run_until_complete(")
        + ("wait_for_termination(", "asyncio.wait("),
        r"\.join\(\)|\breturn_exceptions=True\b|\bSIGTERM\b|\bREADY=1\b|\bgetpid\(\)"
        r"|\) and (?:sys\.)?exit\(|\b(?:asyncio|trio|anyio)\.run\(|\brun_until_complete\("
        r"|\bwait_for_termination\(\)\n +\w|\n +(?:await )?asyncio\.wait\(",
    ),
    (
        (".submit(", "run_in_executor(", "to_thread(", "create_task(", "ensure_future("),
        # the result is dropped, or only a loop of events is waited for, or the target is called
        r"\n +(?:[\w.]{1,80}\.)?(?:submit|create_task|ensure_future|run_in_executor)\("
        r"|\b(?:create_task|ensure_future)\([^\n]*\n(?:[^\n]*\n){0,4}[^\n]*\brun_forever\("
        r"|\b(?:submit|to_thread)\([\w.]{1,80}\(|\brun_in_executor\(\w{1,40}, [\w.]{1,80}\(",
    ),
)
"""Words, and the text around one of them, of a function that may do what a launch should not."""
PROTECTION_WORDS = (
    "disable_warnings",
    "_default_https_context",
    "InsecureRequestWarning",
    "match_hostname",
    "SSLContext.",
    "Session.",
    "compare_digest",
    "SystemRandom",
    "RejectPolicy",
    "_policybase",
)
"""Words of what a module may do on import; of other protections only launch paths are asked."""
PROTECTION_TEXT = (
    r"disable_warnings\(|(?:filterwarnings|simplefilter)\([^)]{0,200}InsecureRequestWarning"
    r"|\w\.(?:_create_default_https_context|match_hostname|verify_mode|check_hostname|verify"
    r"|merge_environment_settings|request|send|compare_digest|SystemRandom|RejectPolicy"
    r"|validate_header_name)[ \t]*=(?!=)"
    r"|setattr\("
)
"""Text of a module that may take a protection away."""
SECRET_TEXT = (
    r"Opt\(\s*(?:#[^\n]{0,200}\n\s*){0,9}(?:name\s*=\s*)?"
    r"(?:\w+ ?\+ ?)?[\"']([\w-]{0,80}(?i:pass\w{0,40}|pwd?|secrets?|token|keys?|kek"
    r"|credentials?|connection(?:_string)?|dsn|ur[il]s?|login|(?:token|secret)_id))[\"']"
)
"""What stands where an option is made that may hold a secret."""
RUNNER_WORDS = (
    "exec(",
    "eval(",
    "run_path(",
    "load_source(",
    "SourceFileLoader(",
    "spec_from_file_location(",
    "ickle.load",
    "marshal.load",
    "shelve.open(",
    "yaml.load",
    "unsafe_load",
    ".from_pyfile(",
    ".from_envvar(",
    "fileConfig(",
    "dictConfig(",
)
"""Words of calls that run what a file holds."""
SHOWING_WORDS = ("print(", ".debug(", ".info(", ".warning(", ".error(", ".log(", ".echo(")
"""Words of calls that print or log."""
CONFIGURATION_FILES = (".cfg", ".conf", ".ini", ".json", ".toml", ".yaml", ".yml")
"""Ends of names of files of configuration."""
SHOWN_WORDS = (
    *("environ", "conf", "Conf", "settings", "Settings", "_dump", "vars(", "args"),
    *("passw", "PASSW", "secret", "SECRET"),
)
"""What follows such words where what is shown may be a configuration, or a secret."""
FIELDS_WORDS = ("BaseSettings", "Settings):", "Config):", "Configuration):")
"""Words of which one is in each text with a class whose fields are settings; the project's own
bases of such classes are called like them."""
SETTING_WORDS = (
    "BaseSettings",
    ".environ",
    "environ.Env",
    "environs",
    "getenv",
    "Settings(",
    "Config:",
    "Config(",
    "Configuration",
    "Settings:",
    "Defaults",
    "defaults = {",
    ".config.from_",
    ".config.update(",
    ".config[",
    "decouple",
    "dynaconf",
    "starlette",
    "click",
    "typer",
    "argparse",
    "add_argument(",
    "traitlets",
    "tornado",
    "PASSWORD",
    "_PASS",
    "SECRET",
    "_TOKEN",
    "secret_key",
    "configparser",
    "confuse",
    "omegaconf",
    "environ.",
    "config.get(",
    "settings.get(",
    "yaml",
    "toml",
    "json.load",
    "get_env",
    "set_settings(",
    "env(",
    "config(",
    "config_get(",
    "get_config",
    "get_setting",
    "getConfig",
    "dj_database_url",
    "cookie_secret",
)
"""Words of which one is in each text that keeps settings, outside oslo.config."""
_ENDS = (
    "passw",
    "passphrase",
    "_pass",
    "dbpass",
    "pwd",
    "secret",
    "token",
    "_key",
    "apikey",
    "_dsn",
    "_ur",
    "pepper",
)
SECRET_WORDS = (
    *_ENDS,
    *map(str.upper, _ENDS),
    *("Passw", "Secret", "Token", "Key'", 'Key"'),
)
"""What the last word of the name of a setting begins with that may hold a secret."""
_END = r"_?(?:(?:db)?pass\w{0,6}|pwd|secrets?|tokens?|(?:api)?keys?|dsn|ur[il]|pepper)"
SETTING_TEXT = (
    rf"{_END}(?:[\"']\s{{0,99}},"
    r"|(?:[\"']\s{0,99}:|(?:[\"']\])?\s{0,99}(?::[^\n]{0,80})?=)"
    r"\s{0,99}(?:[\w.]{1,60}\(\s{0,99})?(?:default\s{0,99}=\s{0,99})?"
    r"(?:\{\s{0,99}[\"']default[\"']\s?:\s{0,99})?"
    r"(?:\(str,\s{0,99})?[rb]?[\"'][^\"'\s]"
    r"|[\"'](?:[)\]]{1,2}| in\b)[^\"']{0,99}?(?:\bor|\belse|\breturn|=)\s{1,9}[rb]?[\"'][^\"'\s]"
    r"|\([\w, ]{0,30}\)[ \w.\[\]>-]{0,40}:[^\"']{0,99}[rb]?[\"'])"
)
"""The end of the name of such a setting, and the default that it has, whatever the case."""
LOGIN_TEXT = r"://[\w.%+-]{1,60}:[^\s/@\"'{}<$%]{1,60}@"
"""An address with a name and a password, whatever the setting is called that has it."""
KEY_TEXT = r"\(\s*(?:[\"'][\w-]{0,30}[\"'],\s*)?[\"'][\w./-]{0,40}$"
"""What stands before that end where the name is an argument of a call, first or second."""
USED_WORDS = (
    "jwt.encode(",
    "jwt.decode(",
    "SafeSerializer(",
    "TimedSerializer(",
    "Signer(",
    "Fernet(",
    "dj_database_url.config(",
)
"""Words of calls that take a secret, whose arguments need not tell what they are."""
FIELD_TEXT = (
    rf"\n[ \t]+\w{{0,60}}?{_END}[ \t]*:[ \t]*(?:typing\.)?(?:str|None|Optional|Union|Annotated)\b"
)
"""Text of a field of pydantic settings that may hold a secret."""
_LINE_WORDS = ("pass", "pwd", "secret", "token", "key", "dsn", "url", "uri", "pepper")
SECRET_LINE_WORDS = tuple(
    write(word) for word in _LINE_WORDS for write in (str.lower, str.upper, str.capitalize)
)
"""Words of which one is in each line of such settings."""
SECRET_LINE = r"(?:pass\w{0,6}|pwd|secrets?|tokens?|keys?|dsn|ur[il]|pepper)(?![a-z0-9])"
"""What stands there then, whatever the case."""
OPTION_TEXT = r"CONF(?:\.(?!(?:un)?register|import_|set_(?:default|override)\b)\w|\[)"
"""Text that may read an option of oslo.config's global object."""
OBJECT_NAME = (
    r"(?:\w+_)?(?:cfg|conf|config|configuration|opts|options|settings)(?:_\w+)?|CONF(?:IG)?"
)
"""What a module may call a configuration object that it imports."""
COPY_TEXT = r"= (?:\w+\.){0,9}CONF\b(?!\.)"
"""Text that gives another name to the global object."""
OBJECT_WORDS = ("cfg", "conf", "opts", "options", "settings", "CONFIG")
"""Words of which one is in every text of :data:`OBJECT_TEXT`."""
OBJECT_TEXT = (
    r"(?:from (?!django\b|flask\b)[\w.]+ )?import [^\n]*"
    r"\b(?:cfg|conf|config|configuration|opts|options|settings|CONFIG)\b"
)
"""Line that may import such an object."""
REGISTERS = r"\w+\.(?:register|import|add|set)\w*\("
"""Text of a call that only tells an object something."""
BEGINS_TEXT = (
    r"\n(?:(?:async )?def (?!test_)(?:\w+\((?:\s*\)|\s*\*|\s*\w+\s*(?::[^=,)]{0,200})?="
    r"|\s*_*(?:argv|args?|arguments|sys_argv|options|opts)\b)"
    r"|(?=\w+\()(?:\w*_)?main(?:_\w+)?\()"
    r"|@[\w.]*(?:\b|_)(?:command|group|callback|cli(?:_\w+)?|main|entry_?point|argument|option)\b"
    r"|class Command\("
    r"|(?:for|while|with)\b|if\b(?! (?:typing\.)?TYPE_CHECKING)"
    r"|try:[ \t]*\n(?!\s+(?:import|from)\b)"
    rf"|(?!{REGISTERS})[^\W\d][\w.]*\("
    r"|\w+ = .*(?:serve|start|run|launch|listen|daemon|main))"
)
"""Text of a line, with the break before it, that can start a process, or run by itself."""
_STARTERS = (
    r"serve|launch|servers?|services?|daemon|wsgi|workers?|scheduler|reactor|forever|indefinitely"
    r"|loop|main|run|start|listen_and_serve|run_server|start_serving|launch_service"
)
START_TEXT = rf"[._](?:{_STARTERS})\b"
"""Text that something is started with, in this module or another."""
CALLED_START_TEXT = rf"(?:[._]|(?<!def )\b)(?:{_STARTERS})\b(?=\s*[(,)\]}}])"
"""Text that starts something: such a name is called, or handed on."""
HELPER_TEXT = (
    r"\b(?:_?run_app|begin|call_command|create_(?:unix_)?server|create_web_ui|device|entrypoint"
    r"|execute_from_commandline|go|instantiate_apps|launch(?:_(?:new_)?instance|_service)?|listen"
    r"|loadserver|loop_forever|main|monitored_queue|proxy(?:_steerable)?|quickstart|react"
    r"|requestLoop|run(?:App|ReactorWithLogging|forever)?"
    r"|run_(?:apps|async|daemon|forever|http_async|polling|server|simple|sse_async|stdio_async"
    r"|streamable_http_async|task|until_stopped|webhook|wsgi)|safe_start"
    r"|serve(?:Simple|_forever|_listeners|_paste|_single|_ssl_over_tcp|_tcp)?"
    r"|server(?:_run|_runner)?|start(?:NSloop)?"
    r"|start_(?:consuming|in_background|ns_loop|polling|server|serving|unix_server|webhook)"
    r"|unix_serve|work|worker_main)\b"
)
"""Names of serve calls, which projects give to functions that lead to one as well."""
SERVED_TEXT = (
    r"[._](?:(?<=_)(?:servers?|services?|daemon|wsgi|workers?|scheduler|reactor"
    r"|instance|forever|indefinitely|loop|main)|(?<=\.)(?:serve|launch|start|run))\b"
)
"""Text that the name of a serve call ends with."""
IMPORT_TEXT = r"import (?:serve|launch)\b"
"""Text that imports a serve call by its name alone."""
SERVE_TEXT = (
    r"(?:\b(?:run|start|boot|serve|launch)_\w{0,40}|\w_(?:forever|indefinitely|loop)"
    r"|(?:abstract|vip)_main"
    r"|\b(?:server|service|services|wsgi|daemon)\.(?:serve|launch|start|run)"
    r"|launch_instance|launch_new_instance|eventlet_server|_rpc_server"
    r"|launch_service|serve_wsgi)$"
)
"""What the name of a serve call is by its shape, up to that end."""
SERVICE_TEXT = (
    r"(?:Server|Service|Daemon|Launcher|Supervisor|Worker|Agent|ServiceManager|EventLoop|MainLoop"
    r"|_server|_service|_daemon|_launcher|_worker)(?:\.\w{1,20})?\("
)
"""Text that makes something to serve with."""

SHAPES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, deferred(rf"(?:^|[.?\]])(?:{pattern})$"))
    for role, pattern in (
        (
            Role.PATCH,
            r"(?:\w+_)?monkey_?patch(?:_(?!ed)\w+)?|patch_all|patch_stdlib\w*"
            r"|monkey_?patch(?:er|es|ing)?\.(?:\w+_)?patch(?:_(?!ed)\w+)?"
            r"|(?:hub|patches|patcher|eventlet|gevent)\.patch(?:_all)?",
        ),
        (
            Role.LOAD,
            r"prepare_service|service_setup\.setup"
            r"|(?:\w*[cC]onfig|cfg|opts|conf)\.(?:parse_args|parse_config|init|init_config"
            r"|load|load_config|read|read_config|read_config_file|setup_config|initialize)"
            r"|(?:load|read|parse|init)_(?:\w+_)?"
            r"(?:config|conf|config_files?|configuration|settings)"
            r"|readconf|load_paste_app|load_app|config_from_(?:file|cmdline)",
        ),
        (
            Role.LOG,
            r"prepare_service|service_setup\.setup"
            r"|(?:log|logging|\w*logger|\w*logging)\.(?:setup|setup_\w+|init|configure)"
            r"|(?:setup|init|initialize|configure|config|start)_(?:\w+_)?"
            r"(?:log|logs|logger|logging)",
        ),
        (
            Role.WAIT,
            rf"service\.wait|(?:{_GETS}|process_launcher|launch(?:er|_service)?)\(\)\.wait"
            r"|wait_for_exit_signal|wait_for_termination|wait_forever",
        ),
        (
            Role.SERVE,
            rf"{_DISTINCT}|{_SERVES}|(?:{_GETS}|{_RUNS})\(\)\.(?:{_STARTS})"
            r"|\w*(?:EventLoop|MainLoop)\(\)\.run",
        ),
        (
            Role.CREATE,
            rf"{_SERVICE}|{_SERVICE}\.create|{_MAKES}|process_launcher"
            r"|(?:create|make|build|setup)_app",
        ),
    )
)
"""Roles in the order in which they are asked, each with the shape of its names."""

DISTINCT: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.SERVE, deferred(rf"\.(?:{_DISTINCT})$|\breactor\.run$")),
)
"""Shapes of methods that tell enough even of an object that nothing is known of."""

PREPARES = deferred(r"(?:^|[.?])(?:prepare_service|service_setup\.setup)$")
"""Functions that make a process ready to be a service, and nothing else."""

_SERVING = (
    r"servers?|services?|workers?|sensors?|forever|schedulers?|daemons?|consum\w+|listen\w*"
    r"|engines?|agents?|reactor|apps?|loop"
)
STARTS = deferred(
    r"(?<!Wrapper\(\))(?<!Client\(\))(?<!Executor\(\))(?<!Pool\(\))(?<!Process\(\))(?<!Thread\(\))"
    rf"(?<![Ww]atch\(\))\.(?:(?:run|start|serve|launch)(?:_(?:\w+_)?(?:{_SERVING}))?"
    r"|proxy|main|listen|work|(?:main|event|work|worker|server)_?loop)$"
)
"""What serves in a process that patches or prepares, where nothing else does."""
