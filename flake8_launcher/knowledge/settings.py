"""Where programs keep their settings, outside oslo.config, and which of these are secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from flake8_launcher.knowledge import configuration, secrets
from flake8_launcher.knowledge.deferred import deferred


class Keyed(NamedTuple):
    """A call that gives the value of a setting, or a default where nobody has set it.

    :ivar noun: what a message calls the setting.
    :ivar name: the position of its name.
    :ivar default: the position of the default; none where only a keyword gives it.
    :ivar keyword: the keyword of the default.
    """

    noun: str = "setting"
    name: int = 0
    default: int | None = 1
    keyword: str = "default"


_VARIABLE = "environment variable"
_PARSERS = ("ConfigParser", "RawConfigParser", "SafeConfigParser")
_ENVIRONMENT = Keyed(_VARIABLE)
_SECTION = Keyed(name=1, default=None, keyword="fallback")
_WITH_CAST = Keyed(_VARIABLE, default=2)
_KEYWORD = Keyed(default=None)

KEYED: Mapping[str, Keyed] = {
    "os.environ.get": _ENVIRONMENT,
    "os.environ.pop": _ENVIRONMENT,
    "os.environ.setdefault": _ENVIRONMENT,
    "os.getenv": _ENVIRONMENT,
    # python-decouple
    "decouple.config": Keyed(),
    "decouple.config.get": Keyed(),
    "decouple.AutoConfig()": Keyed(),
    "decouple.Config()": Keyed(),
    "decouple.Config().get": Keyed(),
    # django-environ takes the cast second, environs the default
    "environ.Env()": _WITH_CAST,
    "environ.FileAwareEnv()": _WITH_CAST,
    "environs.Env()": _ENVIRONMENT,
    "environs.FileAwareEnv()": _ENVIRONMENT,
    "environs.env": _ENVIRONMENT,
    "starlette.config.Config()": Keyed(default=2),
    "starlette.config.Config().get": Keyed(default=2),
    "dynaconf.settings.get": Keyed(),
    "dynaconf.Dynaconf().get": Keyed(),
    "dynaconf.LazySettings().get": Keyed(),
    "dynaconf.Validator": _KEYWORD,
    "configparser.ConfigParser().get": _SECTION,
    "configparser.RawConfigParser().get": _SECTION,
    "configparser.SafeConfigParser().get": _SECTION,
    "configparser.ConfigParser()[].get": Keyed(keyword="fallback"),
    "configparser.RawConfigParser()[].get": Keyed(keyword="fallback"),
    "configparser.SafeConfigParser()[].get": Keyed(keyword="fallback"),
    "tornado.options.define": Keyed("option"),
    "absl.flags.DEFINE_string": Keyed("option"),
    "click.option": Keyed("option", default=None),
}
"""Calls that read, or declare, one setting by its name."""

_OF_ENVIRONMENT = deferred(
    r"(environ|environs)\.(?:FileAware)?[Ee]nv(?:\(\))?"
    r"\.(?:str|url|dj_db_url|db_url|db|cache|cache_url|list|bytes|unicode|get_value|__call__)"
)
DEFAULTS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(
        (f"configparser.{parser}" for parser in _PARSERS),
        (0, "defaults"),
    ),
    **dict.fromkeys(
        (f"configparser.{parser}().read_dict" for parser in _PARSERS),
        (0, "dictionary"),
    ),
    "confuse.Configuration().add": (0, "obj"),
    "confuse.Configuration().get": (0, "template"),
    "confuse.LazyConfig().add": (0, "obj"),
    "confuse.LazyConfig().get": (0, "template"),
    "omegaconf.OmegaConf.create": (0, "obj"),
}
"""Calls that take a mapping of settings with their defaults: its position and keyword."""
HOLDS_DEFAULTS = deferred(
    r"(?:\w*_)?(?:config|conf|cfg|defaults?|options|settings)", re.IGNORECASE
)
"""Names of such a mapping."""
DESCRIBERS = deferred(
    r"confuse\.(?:\w+\.)?\w+|(?:[\w.]+\.)?values\.\w*Value|environ\.var"
    r"|everett\.(?:manager\.)?Option"
)
"""Calls that describe a setting, and are given its default."""
DESCRIBES = frozenset(
    {"cast", "description", "doc", "env", "help", "readonly", "required", "type", "validator"}
)
"""What a dictionary says of a setting beside its ``default``, where it describes one."""

OPTION_METHODS = frozenset({"add_argument", "add_option"})
"""Methods of parsers of the command line that declare an option."""
TYPER = frozenset({"typer.Option", "typer.Argument"})
"""Calls that stand for the default of a parameter which the command line gives."""

TRAITS = frozenset(
    {"traitlets.Bytes", "traitlets.CBytes", "traitlets.CUnicode", "traitlets.Unicode"}
)
"""Traits that hold a text."""

USES: Mapping[str, tuple[int | None, str]] = {
    "jwt.encode": (1, "key"),
    "jwt.decode": (1, "key"),
    "jose.jwt.encode": (1, "key"),
    "jose.jwt.decode": (1, "key"),
    "jose.jws.sign": (1, "key"),
    "authlib.jose.jwt.encode": (2, "key"),
    "authlib.jose.jwt.decode": (1, "key"),
    "cryptography.fernet.Fernet": (0, "key"),
    "itsdangerous.Serializer": (0, "secret_key"),
    "itsdangerous.Signer": (0, "secret_key"),
    "itsdangerous.TimedSerializer": (0, "secret_key"),
    "itsdangerous.TimestampSigner": (0, "secret_key"),
    "itsdangerous.URLSafeSerializer": (0, "secret_key"),
    "itsdangerous.URLSafeTimedSerializer": (0, "secret_key"),
    "itsdangerous.url_safe.URLSafeTimedSerializer": (0, "secret_key"),
    "starlette.middleware.sessions.SessionMiddleware": (1, "secret_key"),
    "aiohttp_session.cookie_storage.EncryptedCookieStorage": (0, "secret_key"),
    "fastapi_login.LoginManager": (0, "secret"),
    "fastapi_users.authentication.JWTStrategy": (0, "secret"),
    "pyramid.authentication.AuthTktAuthenticationPolicy": (0, "secret"),
    "pyramid.session.SignedCookieSessionFactory": (0, "secret"),
}
"""Calls that take a secret of the service itself, by position and keyword."""
ADDRESSES: Mapping[str, str] = {"dj_database_url.config": "DATABASE_URL"}
"""Calls that read one address, with the variable that they read if nothing else is named."""
SECRET_KEYWORDS = frozenset({"cookie_secret", "jwt_secret", "secret_key"})
"""Keywords of a secret, whatever is called."""
READERS = deferred(
    r"\w*(?:Arg|Argument|Option|Param|Parameter|Setting|Var|Variable)"
    r"|(?:\w+_)?(?:config|conf|env|setting|option|variable)|get_?env(?:_\w+)?|getConfig"
)
"""Names of calls that declare or read a setting, where the code does not tell what they are."""
DEFAULTERS = deferred(r"(?:add|set)_?default", re.IGNORECASE)
"""Names of methods that take the name of a setting, and what it is where nobody sets it."""
BY_POSITION = deferred(
    r"(?:(?:app|fetch|get|load|my|read)_?)?(?:config|conf|env|setting|variable)"
    r"(?:_(?:or_default|str|string|value|var|variable))?",
    re.IGNORECASE,
)
"""Names of those that take the name of the setting first, and its default second."""
FETCHERS = deferred(r"(?:fetch|get|load|read)(?:_?[A-Za-z]\w*)?")
"""Names of those that may give anything; a name in capitals tells that it is a setting."""
SETTERS = deferred(r"(?:save|set|update)_(?:config|options|settings)|configure")
"""Names of functions that set settings by their keywords."""
PLAIN_CLASSES = frozenset(
    {"configurations.Configuration", "configurations.base.Configuration", "environ.config"}
)
"""Bases, and decorators, of classes that are settings by their attributes, whatever their name."""
SETTINGS_CLASSES = frozenset(
    {
        "pydantic.BaseSettings",
        "pydantic.env_settings.BaseSettings",
        "pydantic.v1.BaseSettings",
        "pydantic_settings.BaseSettings",
        "pydantic_settings.main.BaseSettings",
    }
)
"""Classes whose fields the environment sets."""
MODELS = frozenset({"pydantic.BaseModel", "pydantic.v1.BaseModel", "pydantic.main.BaseModel"})
"""Classes with fields, which settings have when a class of settings holds them."""
RECORDS = frozenset({"typing.NamedTuple", "msgspec.Struct", "attrs.define", "attr.s"})
"""Other classes whose fields are all that they have."""
FIELD = deferred(r"(?:^|\.)(?:Field|field|ib|attrib)$")
"""Calls that describe a field."""
TYPES = deferred(r"^(?:Secret(?:Str|Bytes)?|\w*(?:Dsn|Url))$")
"""Types of texts, which are made of the text."""
VALIDATORS = deferred(r"\b(?:field_validator|validator)\(")
VALIDATES_DEFAULTS = deferred(r"always ?= ?True|validate_(?:default|all) ?= ?True")
"""What makes pydantic ask the validators of a field about its default as well."""
TRUSTS_DEFAULTS = deferred(r"validate_(?:default|all) ?= ?False")
"""What keeps it from asking them about those of settings."""

APPLICATION_METHODS = frozenset({"from_mapping", "setdefault", "update"})
"""Methods of the configuration of a web application that set some of it."""

KEEPS = deferred(r"[cC]onf|CONF|[sS]etting|Environment$|Options$")
"""Names of classes that others are derived from and that keep settings."""
_SETTINGS_MODULE = deferred(
    r"(?:\w*_)?(?:conf|config|configs|configuration|settings|setting|default_settings"
    r"|defaults|env|environment)(?:[_.](?:base|common|default|dist|prod|production|docker"
    r"|main))?|(?:base|common|default|production|prod)_?(?:settings|config)?"
)
CLASSES = deferred(
    r"(?:Base|Common|Default|Defaults|Docker|Live|Main|Prod|Production|Stage|Staging)\w*"
)
"""Names of classes that a module for settings has for where a service runs."""
PARSED = (configuration.PARSERS | configuration.MAPPINGS) - {
    "json.loads",
    "simplejson.loads",
}
"""Calls that give what a file has; texts of JSON come from anywhere."""
_SETTINGS_FOLDERS = frozenset({"settings", "config", "conf", "configuration"})
_DJANGO = deferred(r"^(?:INSTALLED_APPS|DATABASES|MIDDLEWARE)\b", re.MULTILINE)

_ASIDE = deferred(
    r"(?:.*[/_.\-])?(?:benchmarks?|build|debug|docs|dev|devel|devstack|develop|development|local"
    r"|insecure|localhost|tests?|testing"
    r"|tests?(?:conf|config|db|env|mysql|pg|postgres|settings|sqlite)"
    r"|appveyor|circleci|travis"
    r"|rtd|read_?the_?docs|unittest|pytest|ci|cypress|e2e|examples?|samples?|demo\w*|dummy|mocks?"
    r"|fixtures?|conftest"
    r"|stubs?|docker_?compose|templates?|tmpl|tpl|skel(?:eton)?|sandbox|migrations"
    r"|seed(?:s|er|ers)?|scripts?|tutorials?"
    r"|(?:dev|test|example|sample)_?(?:proj(?:ect)?|app|site)|features/(?:environment|steps))"
    r"(?:[/_.\-].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Names of what no service runs with: words between dots, slashes and underscores."""
_BUILDS = deferred("build|migrations|sandbox|script|template")
"""Words of such names that also say what a function of a service does."""
MODES = deferred(
    r"debug|dev|test|local|prod\b|production|stag(?:e|ing)|\benv\b|(?<!from)_env\b"
    r"|environment|\bci\b|circleci|github_(?:actions|workflow)|gitlab_ci|jenkins|travis"
    r"|demo|example|is_secure",
    re.IGNORECASE,
)
"""Conditions that ask what the process is there for."""

MAX_TEXT = secrets.MAX_NAME
"""How long the name or the value of a secret may be."""
_IN_SECTIONS = deferred(r"[.:/]+")
"""What stands between the sections in front of a name, and between them and the name."""
_JOINED = deferred(
    r"(?:\w*_)?(?:admin|db|ldap|mail|pg|root|smtp)pass"
    r"|(?:\w*_)?(?:encryption|signing|hmac|fernet)_(?!public)[a-z0-9]+_key"
    r"|(?:\w*_)?(?:password_salt|pepper)",
    re.IGNORECASE,
)
"""Passwords whose names are written as one word, keys of which the name says more, and what goes
into all hashes of passwords.
"""

_NOT_SET = deferred(
    r"\W*(?:none|null|nil|empty|n/?a|unset|undefined|not[-_ ]?set|disabled|false|true|todo|tbd"
    r"|fix[-_ ]?me|redacted|hidden|masked|deprecated|obsolete|removed|unused"
    r"|not[-_ ]?(?:needed|used|required|configured))\W*"
    r"|[*xX.\-]+|(?:generate|auto|random)\w*|(?:dead|beef|-)+",
    re.IGNORECASE,
)
_IS_PLACE = deferred(r"(?:~|\.{0,2})/|\w+(?:/[\w.]+)+$|\w:\\|file:|\w+://[^@]*$|\w+:\w+:[\w:/-]+$")
_IS_VARIABLE = deferred(
    r"(?:[A-Z][A-Z0-9]*_)+(?:KEY|TOKEN|SECRET|PASSWORD|PASS|PWD|DSN|URL|URI|ID|FILE|PATH)"
)
_IS_NAME = deferred(
    r"--?[A-Za-z][\w-]*|@[\w-]+|anon(?:ymous)?@?(?:[\w.]+)?|[a-z]+(?:[-_][a-z]+)*[-_]header"
    r"|[A-Z][a-z]*(?:-[A-Z][A-Za-z]+)+|\w+[.](?:\w+[.])+\w+|[\w-]+\.(?:key|pem|txt|json|env)"
)
"""Values that name a header, a switch of a command, somebody, a module or a file."""
_IS_SENTENCE = deferred(r"\S+(?: \S+){2,}[.!?:]|\S+(?: \S+){6,}", re.DOTALL)
_IS_HOLE = deferred(r"[<$%{\[(].*[>}%\])]|\$\w+|\{.*|[<%].*|.*\{\{.*", re.DOTALL)
_ASKS_FOR_ONE = deferred(r"<[A-Za-z][^<>%{}$\s]*\s[^<>%{}$]*>")
"""Words to whoever installs the service, with which it signs as well as with any other text."""
_IS_TEMPLATE = deferred(
    r"[\w+.-]*://(?:[^@]*(?:[{<$]|%\()|[^@]*@(?:[\w-]+\.){0,3}example\.(?:com|net|org)\b"
    r"|[^@]*@(?:[\w-]+\.){0,3}(?:dev|devel|development|devstack|test|testing)[.:/])"
)
"""Addresses in which somebody puts the name and the password, and those of no server, or of one
for development.
"""
_OF_SENTRY = deferred(r"https?://[0-9a-f]{32}(?::[0-9a-f]{32})?@", re.IGNORECASE)
"""Where Sentry takes errors: whoever has the address can send some, as each page that does."""
_OF_PAGES = deferred(
    r"(?:.*_)?(?:maps?|places|firebase(?:_web)?|algolia_search|browser|mapbox(?:_access|_public)?)"
    r"_(?:api_)?(?:key|token)s?",
    re.IGNORECASE,
)
"""Names of keys that pages bring to each browser."""
_OWN = (
    r"(?:access|(?:.*_)?(?:admin|agent|app|auth|cluster|cookie|csrf|default"
    r"|django|encryption|fernet|flask|internal|jwt|master|metrics|node|peer|root|server"
    r"|service|session|signing|system|web"
    r"|websocket|worker|ws|wtf))_"
)
_CHECKED = deferred(rf"{_OWN}|(?:.*_)?(?:password_salt|pepper)$", re.IGNORECASE)
"""Beginnings of the names of what the service checks itself, so that any value works."""
_OF_OTHERS = deferred(
    rf"(?:.*_)?aws_\w+|(?!{_OWN})"
    r"(?:.*_)?[a-z0-9]+_(?:\w*api_?keys?|access_keys?|\w*tokens?|secret_keys?|dsn"
    r"|(?:api|app|client)_secret)|(?:.*_)?(?:bot_\w+|client_secret|dsn)|token"
    r"|(?:.*_)?(?:oauth\d?|oidc|openid|saml|social_auth|sso|webhooks?)_(?:\w+_)?secret",
    re.IGNORECASE,
)
"""Names of what somebody else gives out: nothing works with one that is invented."""
_BROKERS_OWN = "guest"
"""The password of an account that RabbitMQ takes from the same machine alone."""
_OF_ACCOUNT = deferred(r"(?:.*_)?pass\w{0,6}", re.IGNORECASE)
"""Passwords of accounts."""
_OF_MAIL = deferred(r"(?:.*_)?(?:e?mail|imap|smtp)_(?:\w+_)?pass\w*", re.IGNORECASE)
_NOBODYS = deferred(
    r"(?:your|my)[-_ ].*|(?:(?:e?mail|imap|smtp)[-_]?)?pass(?:word|wd)?", re.IGNORECASE | re.DOTALL
)
_FOR_TESTS = deferred(
    r"(?:test|testing)[-_]?(?:password|passwd|pass|pwd|pw|secret|user|db)?\d{0,4}", re.IGNORECASE
)
"""Passwords that say what an account is for, which somebody has made with just that."""
_KNOWN_TO_ALL = "infected"
"""The password of archives with harmful programs, so that nobody opens one by accident."""
_INVENTED = deferred(
    r"(?:^|[\W_])(?:your|my|dummy|empty|fake|example|test|testing|change|changeme|changeit|place"
    r"|placeholder|insert|enter|replace|default|foo|bar|secret|token|key|sk|here|no|not|some|demo"
    r"|local|dev|mock|sample|invalid)(?:$|[\W_])|^(?:0?12345|abcdef)|x{3,}|\*{3,}|\.{3}"
    r"|^[a-z-]{1,16}$|^(\w)(?:\1|-)+$",
    re.IGNORECASE,
)
_MADE = deferred(r"(?=[^0-9]*[0-9])[!-~]{6,}|[!-~]{20,}")
"""What keys look like that somebody else gives out."""
_TO_FILL_IN = deferred(
    r"(?:<|\[)?(?:your|insert|enter|paste|put|add|replace|fill|set)[-_ ](?:\w+[-_ ])*(?:here|your"
    r"|me|it|this|in)\W*|sk-(?:x+|\.+|\*+)|[rs]k_test_.*|[rs]k_live_|whsec_\w?"
    r"|6LeIxAcTAAAAA.*",
    re.IGNORECASE,
)
_SAYS_NONE = deferred(
    r"(?:no|not|missing|without)[\W_].*"
    r"|.*[\W_](?:found|missing|not[\W_](?:available|configured|defined|provided|set)"
    r"|un(?:defined|set))\W*"
    r"|\W*(?:(?:please|to)[\W_]?)?(?:change|replace|set|fill|update|edit)(?:d|[\W_]?(?:it|me|this"
    r"|in))?(?:[\W_]?(?:first|here|now|please))?\W*",
    re.IGNORECASE | re.DOTALL,
)
"""Values that say that there is none, or that one has to be put there."""
_STORES = deferred(
    r"(?:.*_)?(?:database|db|ldap|mariadb|minio|mongo(?:db)?|mysql|pg|postgres(?:ql)?|redis|sql"
    r"|rabbit(?:mq)?)_?pass\w*|pass\w*",
    re.IGNORECASE,
)
"""Passwords of what is set up with the service, which has then the one that the service takes."""
_NAMED_KEY = deferred(r"(?:\w*_)?keys?", re.IGNORECASE)
"""Names that only say "key"."""
_GIVEN_OUT = deferred(
    r"django-insecure-|sk_live_\w{16}|rk_live_\w{16}|sk-[A-Za-z0-9_-]{20}|AKIA[A-Z0-9]{16}"
    r"|gh[pousr]_\w{30}|github_pat_\w{20}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10}"
    r"|AIza[\w-]{35}|SG\.[\w-]{16,}\.|hf_[A-Za-z]{30}|key-[0-9a-f]{32}"
    r"|-----BEGIN (?:\w+ )?PRIVATE KEY"
)
"""What keys begin with that services give out, and those that Django makes."""
_AT_RANDOM = deferred(
    r"(?=[^0-9]*[0-9])(?:[0-9a-f]{32,}|[0-9A-F]{32,}"
    r"|(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])"
    r"(?:[A-Za-z0-9+/_-]{31,}={0,2}|[A-Za-z0-9!#$%&()*+;<=>?@^_|~-]{40,}))"
)
"""Values that look like numbers written with letters: of a name that only says "key"."""
_SECRET_OF_SERVICE = deferred(
    r"(?:APP_|DJANGO_|FLASK_|JWT_|AUTH_|COOKIE_|SESSION_|TOKEN_|ACCESS_|REFRESH_|SIGNING_)*"
    r"SECRET(?:_KEY)?|(?:\w+_)?(?:JWT|HMAC|SIGNING|ENCRYPTION|FERNET)_(?:SECRET_)?KEY"
    r"|(?:JWT|HMAC)_\w*SECRET(?:_KEY)?"
)
"""Constants that sign or encrypt, in whatever module they stand."""


def keyed(name: str) -> Keyed | None:
    """Return how a call of some qualified name reads a setting, if it does."""
    found = KEYED.get(name)
    if found is None and (method := _OF_ENVIRONMENT.fullmatch(name)):
        return _ENVIRONMENT if method[1] == "environs" or "__call__" not in name else _WITH_CAST
    return found


def is_settings_module(path: str, text: str) -> bool:
    """Tell whether a module is there for settings, as its name or text tells.

    :param path: its file, with slashes.
    """
    *folders, name = path.split("/")
    stem = name.removesuffix(".py")
    if stem == "__init__" and folders:
        stem = folders[-1]
    if _SETTINGS_MODULE.fullmatch(stem) or _DJANGO.search(text):
        return True
    return bool(folders) and folders[-1] in _SETTINGS_FOLDERS


def is_aside(name: str) -> bool:
    """Tell whether something is there for development, tests or examples, as its name tells.

    :param name: the path of a file with slashes, or the name of a class or function.
    """
    return _ASIDE.fullmatch(secrets.with_underscores(name)) is not None


def is_handed_over(cls: str, text: str) -> bool:
    """Tell whether a text makes a class the configuration of an application.

    :param cls: its name.
    """
    at = text.find(".from_object(")
    while at != -1:
        end = text.find(")", at)
        if re.search(rf"\b{re.escape(cls)}\b", text[at + len(".from_object(") : end]):
            return True
        at = text.find(".from_object(", end)
    return False


def is_aside_function(name: str) -> bool:
    """Tell whether a function is there for development, tests or examples.

    Services build things, run scripts and fill templates, too.
    """
    return is_aside(_BUILDS.sub("", name))


def bare_name(name: str, module: str) -> str:
    """Return the name of a setting without that of the project in front of it.

    :param module: the qualified name of the module that declares it.
    """
    prefix = f"{module.partition('.')[0]}_".lower()
    return name[len(prefix) :] if name.lower().startswith(prefix) else name


def is_secret(name: str, help: str | None, default: object) -> bool:
    """Tell whether a setting holds a secret; see :func:`.secrets.is_secret`."""
    name = _own_name(name)
    if len(name) > MAX_TEXT or secrets.is_public(name):
        return False
    if _JOINED.fullmatch(name) or secrets.is_secret(name, help, default):
        return True
    return isinstance(default, str) and _tells_itself(name, default)


def _own_name(name: str) -> str:
    """Return the name behind those of sections, as dynaconf and omegaconf write it."""
    return secrets.with_underscores(_IN_SECTIONS.split(name)[-1])


def _tells_itself(name: str, value: str) -> bool:
    """Tell whether a value is a key, as those look that somebody has made."""
    if len(value) > MAX_TEXT or not _NAMED_KEY.fullmatch(name):
        return False
    return bool(_GIVEN_OUT.match(value) or _AT_RANDOM.fullmatch(value))


def signs(name: str) -> bool:
    """Tell whether a constant is what a service signs or encrypts with, by its name."""
    return _SECRET_OF_SERVICE.fullmatch(name) is not None


def is_usable(name: str, default: object, *, is_constant: bool = False) -> bool:
    """Tell whether a default of a secret is one that works.

    :param is_constant: whether the value may as well be a name that the code goes by.
    """
    if isinstance(default, bytes):
        default = default.decode(errors="replace")
    if not isinstance(default, str) or len(name) > MAX_TEXT or len(default) > MAX_TEXT:
        return False
    name = _own_name(name)
    is_own = signs(name.upper())
    if is_own and _ASKS_FOR_ONE.fullmatch(default.strip()):
        return True
    if not (_JOINED.fullmatch(name) or _tells_itself(name, default)):
        if not secrets.is_usable(name, default):
            return False
    default = default.strip()
    if secrets.is_address_with_password(default):
        return not (_IS_TEMPLATE.match(default) or _OF_SENTRY.match(default))
    if len(default) < 2 or _NOT_SET.fullmatch(default) or _IS_NAME.fullmatch(default):
        return False
    if _IS_HOLE.fullmatch(default) and not secrets.is_long_key(default):
        return False
    if not is_own and any(
        pattern.fullmatch(default) for pattern in (_TO_FILL_IN, _IS_SENTENCE)
    ):
        return False
    if _OF_PAGES.fullmatch(name):
        return False
    if not (is_own or _CHECKED.match(name) or _STORES.fullmatch(name)):
        if _SAYS_NONE.fullmatch(secrets.with_underscores(default)) or not default.isascii():
            return False
        if _OF_ACCOUNT.fullmatch(name) and _NOBODYS.fullmatch(default):
            return False
    if not (is_own or _CHECKED.match(name)) and _FOR_TESTS.fullmatch(default):
        return False
    if _IS_PLACE.match(default):
        return False
    if _OF_OTHERS.fullmatch(name) and (
        _MADE.fullmatch(default) is None
        or _INVENTED.search(secrets.with_underscores(default))
        or _letters(name) == _letters(default)
    ):
        return False
    if _OF_MAIL.fullmatch(name) and (_NOBODYS.fullmatch(default) or _INVENTED.search(default)):
        return False
    if default in (_BROKERS_OWN, _KNOWN_TO_ALL) or _ends_with_name(default, name):
        return False
    if not is_constant:
        return True
    if _IS_VARIABLE.fullmatch(default):
        return False
    return " " in default or _letters(name) != _letters(default)


def _ends_with_name(value: str, name: str) -> bool:
    """Tell whether a value is a longer name of the same setting: of a variable, or with dots."""
    if _IS_VARIABLE.fullmatch(value) and value.endswith(name.upper()):
        return True
    return value.lower().endswith(f".{name.lower()}")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
