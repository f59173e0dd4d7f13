"""Which options hold a secret, as their names and descriptions tell.

The last words of a name say what an option is: ``token_ttl`` is no token, and ``key_file`` no key.
"""

from __future__ import annotations

import re

from flake8_launcher.knowledge.deferred import deferred

KINDS = frozenset({"DictOpt", "ListOpt", "MultiOpt", "MultiStrOpt", "Opt", "StrOpt", "URIOpt"})
"""Classes of options whose values can be secrets."""

_WORD = (
    r"\w*(?:pass(?:word|wd|phrase|key|code)|secret)s?"
    r"|\w*token|(?:\w*_)?(?:pass|passw|pwd|pw|kek)|(?:\w*_)?(?:root_token|approle_secret)_id"
)
_KEY = (
    r"(?:\w*_)?(?:aes|api|auth|cbc|customer|encr|encryption|fixed|heartbeat|hmac|master|private"
    r"|secret(?:_access)?|shared|signing|store|swift|temp_url)_keys?|(?:\w*_)?api_?keys?"
)
_CREDENTIAL = r"(?:\w*_)?credentials?"
_CONNECTION = (
    r"(?:\w*_)?(?:database|db|mongo|mongodb|mysql|postgres|postgresql|redis|sql|sqlalchemy)"
    r"_(?:connection(?:_string|_ur[il])?|dsn|ur[il])"
    r"|(?:\w*_)?(?:amqp|broker|rabbit|rabbitmq|transport)_ur[il]|connection|dsn"
)
_ADDRESS = r"(?:\w*_)?(?:connection|ur[il])s?"

_SECRET = deferred(_WORD)
_KEY_NAME = deferred(_KEY)
_PERHAPS_FILE = deferred(f"{_KEY}|{_CREDENTIAL}")
_WITH_PASSWORD = deferred(_CONNECTION)
_PERHAPS_WITH_PASSWORD = deferred(_ADDRESS)

_OTHERWISE = deferred(
    r"(?:allow|allowed|cache|check|create|delete|disable|enable|enabled|enforce|generate|get|has"
    r"|hide|ignore|list|log|mask|no|public|report|require|reset|revoke|rotate|send|show|skip"
    r"|supported|use|validate|verify)_\w*"
    r"|(?:\w*_)?htpasswd"
)
"""Names that tell to do something, of a file, or of something that everybody may know."""

_NOT_ITSELF = deferred(
    r"\W*(?:\w+[- ]){0,3}?(?:algorithm|directory|entry ?point|file|file ?name|filename|format"
    r"|header|id|identifier|location|name|number|path|pattern|prefix|type|uuid)s?\b"
    r"(?: (?:for|of|to|with|from|containing|that|which|in|holding|where)\b|$)"
    r"|.*\b(?:entry ?point|plug-?in module|kubernetes secret)\b"
    r"|.*\bfile (?:that contains|containing|holding|with)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Descriptions of something else that belongs to a secret, such as the place where it is kept."""
_OF_FILE = deferred(r"\b(?:directory|file|filename|folder|path|pem|repository)s?\b", re.IGNORECASE)
_OF_CONNECTION = deferred(
    r"\b(?:database connection|connect to the (?:\w+ )?database|coordination|mongodb connection"
    r"|redis connection|sqlalchemy|ur[il] of the (?:\w+ )?database|database ur[il])\b"
    r"|://[^/:@\s]*:[^/@\s]+@",
    re.IGNORECASE,
)
_OF_OPEN_DATABASE = deferred(r"\bovsdb|\bovn_|^(?:tcp|unix|qemu|test)[:+]", re.IGNORECASE)
_IS_PASSWORD = deferred(
    r"\W*(?:the )?(?:\w+ )?(?:password|passphrase) (?:for|of|to|used|with)\b", re.IGNORECASE
)
"""Descriptions of a password, whatever its name is."""
_PLACE = deferred(r"(?:~|\.{0,2})/|\$\{?\w+\}?/|\w:\\|file:")
"""Defaults that are paths."""

MAX_NAME = 300
"""How long the name of a secret may be."""
_PUBLIC = deferred(
    r"(?:.*_)?(?:bos|eos|pad|unk|sep|cls|mask|stop|special|start|end|begin|next|page|continuation"
    r"|image|video|audio|csrf|xsrf|header|forgot|reset|change|update|min|max|confirm"
    r"|invalid|wrong|missing|field|label|grant_type|cache|primary|foreign|sort|partition|public"
    r"|recaptcha_public|site|routing|publishable|stripe_public|posthog(?:_project)?(?:_api)?)"
    r"_(?:keys?|tokens?|pass\w*|secrets?)"
    r"|(?:.*_)?(?:dummy|fake|example|test|mock)_\w+",
    re.IGNORECASE,
)
"""Names of what is no secret, although the last word may tell so."""

_CAMEL = deferred(r"(?<=[a-z0-9])(?=[A-Z])")

_LONG_KEY = (
    r"(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?![$%]?[{(<])(?![^{$]*(?:\{\{|\$\{))[!-~]{40,}"
)
_PLACEHOLDER = deferred(rf"(?!{_LONG_KEY}$)[<$%{{*].*|x+|\W*", re.DOTALL)
"""What somebody has to put something in place of; a key made at random may begin like that."""
_IS_LONG_KEY = deferred(_LONG_KEY)
_CREDENTIALS = deferred(
    r"(?!\w+://guest:guest@(?:localhost|127\.0\.0\.1|\[::1\])(?![\w.-]))"
    r"\w[\w+.-]*://[^/:@\s]*:[^/@\s]+@"
)
"""An address with a password; that of RabbitMQ's account for local use, of none but itself, is no
secret.
"""
_ON_LOOPBACK = deferred(
    r"\w[\w+.-]*://[^/@\s]*@(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?![\w.-])", re.IGNORECASE
)
"""An address of a server that only the same machine reaches."""


def is_secret(name: str, help: str | None, default: object) -> bool:
    """Tell whether an option holds a secret.

    :param name: its name.
    :param help: its description, empty without one; none where that is computed.
    :param default: its default, ``...`` where that is computed.
    """
    name = name.lower().replace("-", "_")
    text = help or ""
    if _OTHERWISE.match(name) or _NOT_ITSELF.match(text):
        return False
    if isinstance(default, str) and _PLACE.match(default):
        # an address may name a file, and with other values a server
        return "://" in default and _holds_password(name, text, default)
    if _SECRET.fullmatch(name) or _IS_PASSWORD.match(text):
        return True
    if _PERHAPS_FILE.fullmatch(name):
        is_told = bool(text) or not name.endswith(("_private_key", "credential", "credentials"))
        return is_told and not _OF_FILE.search(text)
    return _holds_password(name, text, default)


def _holds_password(name: str, help: str, default: object) -> bool:
    """Tell whether an option is an address with a password in it."""
    if _OF_OPEN_DATABASE.search(help) or (
        isinstance(default, str) and _OF_OPEN_DATABASE.search(default)
    ):
        return False
    if _WITH_PASSWORD.fullmatch(name) or _has_credentials(default):
        return True
    return bool(_PERHAPS_WITH_PASSWORD.fullmatch(name) and _OF_CONNECTION.search(help))


def is_plain(name: str) -> bool:
    """Tell whether the name alone of some value says that it is a secret."""
    name = name.lower().replace("-", "_")
    if _OTHERWISE.match(name):
        return False
    return bool(_SECRET.fullmatch(name) or _KEY_NAME.fullmatch(name))


def is_public(name: str) -> bool:
    """Tell whether something is no secret, although the last word of its name may tell so."""
    return len(name) <= MAX_NAME and _PUBLIC.fullmatch(name) is not None


def is_told(name: str) -> bool:
    """Tell whether the name alone of some value says that nobody else should see it."""
    name = with_underscores(name)
    return is_plain(name) and not is_public(name)


def is_connection(name: str) -> bool:
    """Tell whether a name is that of an address of a database or broker, with its password.

    Redis is often open to its network, and has none.
    """
    name = with_underscores(name).lower()
    return "_" in name and "redis" not in name and _WITH_PASSWORD.fullmatch(name) is not None


def holds_secret(name: str) -> bool:
    """Tell whether a value of a name is a secret, or an address that holds one."""
    return is_told(name) or is_connection(name)


def with_underscores(name: str) -> str:
    """Return a name as ``page_token`` that is written as ``pageToken``."""
    return _CAMEL.sub("_", name)


def is_usable(name: str, default: object) -> bool:
    """Tell whether a default of a secret is one that works."""
    if isinstance(default, bytes):
        default = default.decode(errors="replace")
    if not isinstance(default, str):
        return False
    name = name.lower().replace("-", "_")
    if _SECRET.fullmatch(name) or _PERHAPS_FILE.fullmatch(name):
        return _PLACEHOLDER.fullmatch(default) is None
    return _has_credentials(default)


def _has_credentials(default: object) -> bool:
    """Tell whether a default is an address with a name and a password."""
    return isinstance(default, str) and is_address_with_password(default)


def is_address_with_password(text: str) -> bool:
    """Tell whether a text is an address with a name and a password."""
    return _CREDENTIALS.match(text) is not None


def is_long_key(text: str) -> bool:
    """Tell whether a text looks like a key that was made at random, with any characters."""
    return _IS_LONG_KEY.fullmatch(text) is not None


def is_on_loopback(default: object) -> bool:
    """Tell whether a default is the address of a server that only the same machine reaches."""
    return isinstance(default, str) and _ON_LOOPBACK.match(default) is not None
