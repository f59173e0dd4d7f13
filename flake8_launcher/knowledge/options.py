"""What oslo.config and the libraries that use it register, and how."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Mapping

from flake8_launcher.knowledge import early_bindings
from flake8_launcher.knowledge.deferred import deferred

PACKAGE = "oslo_config."
"""What the qualified names of oslo.config begin with."""

OPTION = deferred(r"oslo_config\.cfg\.(\w*Opt)")
"""Classes of options."""
TEXT_TYPES = frozenset({"Dict", "List", "MultiString", "String", "URI"})
"""Types of ``oslo_config.types`` whose values are texts, or hold them."""
GROUP = "oslo_config.cfg.OptGroup"
DEPRECATED = "oslo_config.cfg.DeprecatedOpt"
DEFAULT = "DEFAULT"
"""The group of options that are registered without one."""

REGISTRARS: Mapping[str, str] = {
    "register_cli_opt": "opt",
    "register_cli_opts": "opts",
    "register_opt": "opt",
    "register_opts": "opts",
}
"""Methods that register options, with the name of their first parameter."""
CLI_REGISTRARS = frozenset({"register_cli_opt", "register_cli_opts"})
"""Those whose options the command line takes."""
CLI_REGISTERING = frozenset({"oslo_log.log.register_options"})
"""Functions that register such options with the object which is their first argument."""
SETS_LOGGING_UP = frozenset({"oslo_log.log.setup"})
"""Functions that read the options of logging of their first argument, and do as these tell."""
RESETS = frozenset({"clear", "reset"})
"""Methods that make an object forget what it has parsed."""
GROUP_REGISTRAR = "register_group"

TEXT = deferred(r"register_(?:cli_)?opts?\b|register_group\b|import_(?:opt|group)\b")
"""What a text holds that registers options, or imports what does."""

NO_SUCH_OPTION = frozenset(
    {"AttributeError", "oslo_config.cfg.Error", "oslo_config.cfg.NoSuchOptError"}
)
"""Types that catch the read of an option that nobody has registered."""

CONFIGURATION = deferred(r"oslo_config\.cfg\.(?:CONF|ConfigOpts\(\))")
"""Objects that options are registered with."""

GLOBAL = "oslo_config.cfg.CONF"
"""The object that modules share."""

_HELD = deferred(r"oslo_config\.cfg\.(?:CONF|ConfigOpts\(\))(?=\.)")
_MEMBERS = frozenset(
    {
        "GroupAttr",
        "StrSubWrapper",
        "SubCommandAttr",
        "Template",
        "clear",
        "clear_default",
        "clear_override",
        "config_dir",
        "config_dirs",
        "config_file",
        "config_source",
        "default_config_dirs",
        "default_config_files",
        "disallow_names",
        "export_state",
        "find_file",
        "get",
        "get_location",
        "import_group",
        "import_opt",
        "import_state",
        "items",
        "keys",
        "list_all_sections",
        "log_opt_values",
        "mutate_config_files",
        "print_help",
        "print_usage",
        "prog",
        "project",
        "register_cli_opt",
        "register_cli_opts",
        "register_group",
        "register_mutate_hook",
        "register_opt",
        "register_opts",
        "reload_config_files",
        "reset",
        "set_default",
        "set_override",
        "shell_completion",
        "supported_shell_completion",
        "unregister_opt",
        "unregister_opts",
        "usage",
        "values",
        "version",
    }
)
"""What such an object has beside the options that others register."""

GROUP_MEMBERS = frozenset({"get", "items", "keys", "values"})
"""What a group has beside its options; a dictionary has it, too."""
VALUE_MEMBERS = frozenset({*dir(str), *dir(list), *dir(dict), *dir(int)}) - GROUP_MEMBERS
"""What the values of options have, which is no option of a group."""
MEMBERS_OF_VALUES = (
    GROUP_MEMBERS | VALUE_MEMBERS | {"has_key", "iteritems", "iterkeys", "itervalues"}
)
"""What groups and values have, those of Python 2 among them."""

LOADERS = deferred(r"\b(?:stevedore|pkg_resources|entry_points|iter_modules|load_?app)\b|paste")
"""Text that loads modules which the metadata or a file names."""

SEARCHER = deferred(
    r"\._?(?:(?:find|search|locate|list)_\w*conf\w*|\w*conf(?:ig)?_(?:files?|dirs?|paths?))$"
)
"""Names of functions that look for the configuration files: they have to run before the parse."""

TOOL = deferred(
    r"(?!\w*\W)"
    r"(?:\w+_)?(?:manage|status|upgrade\w*|migrat\w*|purge\w*|clean\w*|db_?sync\w*|sync_util"
    r"|check\w*|tool\w*|util\w*)"
)
"""Names of commands that do one thing and end: they import much of which they use little."""

DEFAULT_SETTERS = (".set_default", ".set_defaults", ".set_override")
"""What the names of the calls end with that set the value of an option in the code."""

PARSED_TEXT = deferred(
    r"^(?:\w+ = )?(?:[\w.]*\b(?:CONF|prepare_service|(?:parse|init|setup|load|read)_?"
    r"(?:args|config\w*|conf|opts|logging)?|initiali[sz]e|main))\(",
    re.MULTILINE,
)
"""Text of a call at the top level that parses the configuration, or may."""

IMPORTERS = frozenset(
    {
        "__import__",
        "importlib.import_module",
        "importlib.reload",
        "oslo_utils.importutils.import_module",
        "oslo_utils.importutils.try_import",
    }
)
"""Calls that import the module which their first argument names."""
IMPORTERS_OF_NAMES = frozenset(
    {
        "oslo_utils.importutils.import_class",
        "oslo_utils.importutils.import_object",
        "pkgutil.resolve_name",
    }
)
"""Calls whose first argument names what is taken from a module."""

LIBRARY_GROUPS = frozenset(
    {
        "audit_middleware_notifications",
        "barbican",
        "barbican_service_user",
        "cache",
        "cors",
        "cors.subdomain",
        "database",
        "file",
        "glance_store",
        "healthcheck",
        "identity",
        "ironic_lib",
        "json_rpc",
        "key_manager",
        "keystone_authtoken",
        "matchmaker_redis",
        "matchmaker_ring",
        "mdns",
        "metrics",
        "metrics_statsd",
        "os_brick",
        "privsep",
        "privsep_osbrick",
        "profiler",
        "profiler_jaeger",
        "profiler_otlp",
        "ssl",
        "vault",
    }
)
"""Groups that libraries register, beside those of :data:`_LIBRARY_GROUPS_LIKE`."""

_LIBRARY_GROUPS_LIKE = ("disk_", "glance.store.", "oslo_", "os_vif_")
"""What the names of such groups begin with."""

LIBRARY_OPTIONS = frozenset(
    {
        "allowed_rpc_exception_modules",
        "amqp_auto_delete",
        "amqp_durable_queues",
        "api_paste_config",
        "backdoor_port",
        "backdoor_socket",
        "client_socket_timeout",
        "config_dir",
        "config_file",
        "config_source",
        "control_exchange",
        "debug",
        "default_log_levels",
        "default_notification_level",
        "default_publisher_id",
        "disable_process_locking",
        "executor_thread_pool_size",
        "fake_rabbit",
        "fatal_deprecations",
        "graceful_shutdown_timeout",
        "heartbeat_interval",
        "instance_format",
        "instance_uuid_format",
        "kombu_reconnect_delay",
        "lock_path",
        "log_color",
        "log_config",
        "log_config_append",
        "log_date_format",
        "log_dir",
        "log_file",
        "log_format",
        "log_options",
        "log_rotate_interval",
        "log_rotate_interval_type",
        "log_rotation_type",
        "logging_context_format_string",
        "logging_debug_format_suffix",
        "logging_default_format_string",
        "logging_exception_prefix",
        "logging_user_identity_format",
        "matchmaker_heartbeat_freq",
        "matchmaker_heartbeat_ttl",
        "max_header_line",
        "max_logfile_count",
        "max_logfile_size_mb",
        "memcached_servers",
        "notification_driver",
        "notification_topics",
        "notification_transport_url",
        "policy_default_rule",
        "policy_dirs",
        "policy_file",
        "publish_errors",
        "pybasedir",
        "rate_limit_burst",
        "rate_limit_except_level",
        "rate_limit_interval",
        "rpc_backend",
        "rpc_cast_timeout",
        "rpc_conn_pool_size",
        "rpc_ping_enabled",
        "rpc_poll_timeout",
        "rpc_response_timeout",
        "rpc_thread_pool_size",
        "run_external_periodic_tasks",
        "shell_completion",
        "sql_connection",
        "sqlite_db",
        "sqlite_synchronous",
        "syslog_log_facility",
        "tcp_keepidle",
        "transport_url",
        "use_journal",
        "use_json",
        "use_stderr",
        "use_syslog",
        "use_syslog_rfc_format",
        "verbose",
        "watch_log_file",
        "wsgi_default_pool_size",
        "wsgi_keep_alive",
        "wsgi_log_format",
        "wsgi_server_debug",
    }
)
"""Options that libraries register without a group, today and since 2013."""

_LIBRARY_OPTIONS_LIKE = deferred("(?:kombu|qpid|rabbit|rpc_zmq)_")

_LIBRARIES = frozenset(
    {
        "castellan",
        "cotyledon",
        "glance_store",
        "ironic_lib",
        "keystoneclient",
        "keystonemiddleware",
        "neutronclient",
        "os_brick",
        "os_vif",
        "osprofiler",
        "pycadf",
        "vif_plug_noop",
        "vif_plug_ovs",
    }
)
"""Libraries beside ``oslo_*`` whose options are known."""

_FORMER = frozenset(
    {
        "BaseHTTPServer",
        "ConfigParser",
        "Cookie",
        "HTMLParser",
        "Queue",
        "SimpleHTTPServer",
        "SimpleXMLRPCServer",
        "SocketServer",
        "StringIO",
        "UserDict",
        "__builtin__",
        "_winreg",
        "anydbm",
        "asynchat",
        "asyncore",
        "cPickle",
        "cStringIO",
        "cgi",
        "commands",
        "compiler",
        "cookielib",
        "crypt",
        "distutils",
        "exceptions",
        "htmlentitydefs",
        "httplib",
        "imp",
        "md5",
        "new",
        "pipes",
        "robotparser",
        "sets",
        "sha",
        "smtpd",
        "telnetlib",
        "thread",
        "urllib2",
        "urlparse",
        "xmlrpclib",
    }
)
"""Modules that the standard library had once."""

_SILENT = frozenset(
    {
        "Crypto",
        "Cryptodome",
        "MySQLdb",
        "anyjson",
        "babel",
        "ceph",
        "coverage",
        "cursive",
        "dateparser",
        "docutils",
        "eventlet",
        "formencode",
        "gevent",
        "greenlet",
        "guestfs",
        "hacking",
        "hp3parclient",
        "ironic_inspector_client",
        "kmip",
        "ldap",
        "libvirt",
        "lxml",
        "markdown",
        "microversion_parse",
        "migrate",
        "mock",
        "mox",
        "mox3",
        "netifaces",
        "networkx",
        "neutron_lib",
        "nose",
        "numpy",
        "octavia_lib",
        "os_resource_classes",
        "os_traits",
        "paste",
        "pkg_resources",
        "ply",
        "proliantutils",
        "pyasn1_modules",
        "pyghmi",
        "pygraphviz",
        "pykmip",
        "pymysql",
        "pysendfile",
        "pysnmp",
        "pytest",
        "pyudev",
        "pywintypes",
        "rados",
        "rbd",
        "reno",
        "retrying",
        "rtslib_fb",
        "scciclient",
        "sendfile",
        "setuptools",
        "simplegeneric",
        "singledispatch",
        "sphinx",
        "sqlalchemy_utils",
        "subprocess32",
        "sushy",
        "tabulate",
        "testscenarios",
        "testtools",
        "unicodecsv",
        "unittest2",
        "uwsgi",
        "voluptuous",
        "webtest",
        "win32api",
        "wmi",
        "wsme",
        "wsmeext",
        "xattr",
        "yaql",
        "zVMCloudConnector",
    }
)
"""Packages that register no options, beside those that are known not to need oslo.config."""

HELPERS = deferred(r"keystone(?:auth1|client)\.(?:\w+\.)*register_\w+")
"""Calls that register options which are not listed here, in the group that they are passed."""


def holder(name: str) -> str | None:
    """Return the configuration object that an attribute belongs to, if one does.

    :param name: the attribute's canonical name.
    """
    held = _HELD.match(name)
    return held[0] if held else None


def read(name: str) -> tuple[str, ...]:
    """Return the parts of an option's name that something reads; none where it reads none.

    The first is the option, or its group; what follows the option is of its value.

    :param name: the canonical name of what is read.
    """
    held = holder(name)
    parts = name[len(held) + 1 :].split(".") if held else [""]
    plain = tuple(itertools.takewhile(str.isidentifier, parts))
    return () if not plain or plain[0] in _MEMBERS or plain[0][0] == "_" else plain


def is_of_library(name: str, group: str) -> bool:
    """Tell whether some library registers an option.

    :param group: its group, empty for ``DEFAULT``.
    """
    if group:
        return is_group_of_library(group)
    return name in LIBRARY_OPTIONS or _LIBRARY_OPTIONS_LIKE.match(name) is not None


def is_group_of_library(group: str) -> bool:
    """Tell whether some library registers a group."""
    return group in LIBRARY_GROUPS or group.startswith(_LIBRARY_GROUPS_LIKE)


def has_options(package: str) -> bool:
    """Tell whether the options of a top-level package are among those that are known here."""
    return package.startswith("oslo_") or package in _LIBRARIES


_LIKELY = deferred(
    r"os|os_\w+|oslo\w*|openstack\w*|keystone\w*|neutron\w*|networking_\w+|\w*(?:_lib|middleware)"
    r"|castellan|cursive|futurist|glance\w*|microversion_parse|osprofiler|reno|taskflow|tooz"
)
"""Names of packages that may use oslo.config themselves."""
_SERVICES = frozenset(
    """
    aodh barbican ceilometer cinder congress designate glance gnocchi heat horizon ironic
    ironic_inspector ironic_python_agent keystone magnum manila masakari mistral murano neutron
    nova octavia sahara senlin st2common swift tacker trove watcher zaqar
    """.split()
)
"""Packages of services that others extend, and in whose groups these read and register."""


def is_service(package: str) -> bool:
    """Tell whether a top-level package is a service, whose options a project may use."""
    return package in _SERVICES


def may_register(package: str) -> bool:
    """Tell whether a top-level package may register options that are not known here."""
    return not is_known(package) and _LIKELY.fullmatch(package) is not None


def is_known(package: str) -> bool:
    """Tell whether it is known what a top-level package registers."""
    if has_options(package) or package.endswith("client") or package == "oslo":
        return True
    if package in sys.stdlib_module_names or package in _FORMER or package in _SILENT:
        return True
    known = package in early_bindings.packages()
    return known and "oslo_config" not in early_bindings.required_by(package)
