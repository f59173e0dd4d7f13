"""What protects a process, and what takes that away when it is put in its place.

The weaknesses are those of the Common Weakness Enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred

SAME = "its argument"
"""What a function gives that changes nothing."""

_CONSTANT = r"None|True|False|\.\.\.|-?\d+|b?'[^']*'|\[\]|\{\}"
_ANY = r"(?:\w+\.)*"


class Weakness(NamedTuple):
    """What is lost.

    :ivar loss: what no longer happens, as messages say it.
    :ivar cwe: its number in the Common Weakness Enumeration.
    """

    loss: str
    cwe: int


_UNVERIFIED = "certificates are no longer verified"


class Protection(NamedTuple):
    """Something that protects, and what does not when it stands in its place.

    :ivar names: an expression for the qualified names that it goes by.
    :ivar weaker: one for the qualified names of what is weaker.
    :ivar gives: one for the text of what a weaker function gives, if it does nothing else.
    :ivar literals: the values that are weaker.
    """

    weakness: Weakness
    names: str
    weaker: str | None = None
    gives: str | None = None
    literals: tuple[object, ...] = ()

    def is_lost(self, literal: object, names: Collection[str], gives: str | None) -> bool:
        """Tell whether something weaker takes its place."""
        if any(literal is one for one in self.literals):
            return True
        if gives is not None:
            return self.gives is not None and re.fullmatch(self.gives, gives) is not None
        weaker = self.weaker
        return weaker is not None and any(re.fullmatch(weaker, name) for name in names)


def _protection(
    loss: str,
    cwe: int,
    names: str,
    weaker: str | None = None,
    gives: str | None = None,
    literals: tuple[object, ...] = (),
) -> Protection:
    return Protection(Weakness(loss, cwe), names, weaker, gives, literals)


PROTECTIONS = (
    # PEP 476 names the first as the way to opt out
    _protection(
        _UNVERIFIED,
        295,
        rf"{_ANY}ssl\.(?:_create_default_https_context|create_default_context)",
        rf"{_ANY}_create_(?:unverified|stdlib)_context",
        rf"{_ANY}_create_(?:unverified|stdlib)_context\(.*\)",
    ),
    _protection(
        _UNVERIFIED,
        295,
        rf"{_ANY}(?:SSLContext\.verify_mode|CERT_REQUIRED|VERIFY_PEER)",
        rf"{_ANY}(?:CERT_NONE|CERT_OPTIONAL|VERIFY_NONE)",
        rf"{_ANY}(?:CERT_NONE|CERT_OPTIONAL|VERIFY_NONE)|None|0",
        (0, None),
    ),
    _protection(
        _UNVERIFIED,
        295,
        r"requests\.(?:sessions\.)?Session\.verify",
        literals=(False, None),
    ),
    _protection(
        "the name in a certificate is no longer compared with the host's",
        297,
        rf"{_ANY}(?:match_hostname|SSLContext\.check_hostname)",
        gives=rf"{_CONSTANT}|{SAME}",
        literals=(False, None),
    ),
    _protection(
        "outdated versions of TLS are spoken",
        327,
        rf"{_ANY}PROTOCOL_(?:TLS|TLS_CLIENT|TLS_SERVER|SSLv23|TLSv1_2)",
        rf"{_ANY}PROTOCOL_(?:SSLv2|SSLv3|TLSv1|TLSv1_1)",
    ),
    _protection(
        "host keys are no longer verified",
        295,
        r"paramiko\.(?:client\.)?RejectPolicy(?:\.missing_host_key)?",
        r"paramiko\.(?:client\.)?(?:AutoAdd|Warning)Policy(?:\.missing_host_key)?",
        _CONSTANT,
    ),
    _protection(
        "the time of a comparison tells how much of a secret is right",
        208,
        rf"{_ANY}(?:compare_digest|constant_time_compare|safe_str_cmp)",
        r"_?operator\.eq|(?:str|bytes)\.__eq__",
        rf"{_CONSTANT}|(?!.*(?:hash|hmac|digest|\^)).*(?:[=!]=|\.__eq__\(|\beq\().*",
    ),
    _protection(
        "what must not be foreseen can be",
        338,
        r"secrets\.\w+|random\.SystemRandom(?:\.\w+)?|os\.urandom|uuid\.uuid4|ssl\.RAND_bytes",
        r"(?:numpy\.)?random\.(?!SystemRandom)\w+(?:\(\))?(?:\.\w+)?|uuid\.uuid1",
        rf"{_CONSTANT}|{_ANY}random\.(?!SystemRandom)\w+\(.*\)",
    ),
    _protection(
        "what is read can make objects of any class",
        502,
        r"yaml\.(?:safe_load|safe_load_all|C?SafeLoader)",
        r"yaml\.(?:(?:unsafe_|full_)?load(?:_all)?|C?(?:Unsafe|Full)?Loader)",
        r"yaml\.(?:unsafe_)?load(?:_all)?\(.*\)",
    ),
    _protection("what is read is run", 95, r"ast\.literal_eval", r"eval", r"eval\(.*\)"),
    _protection(
        "archives may write outside the folder that they are unpacked into",
        22,
        r"tarfile\.TarFile\.extraction_filter",
        r"tarfile\.fully_trusted_filter",
        SAME,
    ),
    _protection(
        "names of headers are no longer checked",
        93,
        r"email\._policybase\.validate_header_name"
        r"|http\.client\._is_(?:legal_header_name|illegal_header_value)"
        r"|http\.client\.HTTPConnection\._validate_(?:path|host|method)",
        gives=_CONSTANT,
    ),
    _protection(
        "text is no longer escaped",
        116,
        r"html\.escape|markupsafe\.escape|xml\.sax\.saxutils\.(?:escape|quoteattr)"
        r"|shlex\.quote|pipes\.quote",
        gives=SAME,
    ),
    _protection(
        "requests are no longer checked for forgery",
        352,
        r"[\w.]+\.(?:Csrf\w*\.process_view|CSRFProtect\.protect|validate_csrf|csrf_protect)",
        gives=rf"None|True|{SAME}",
    ),
    _protection(
        "nothing checks any more who asks",
        287,
        r"[\w.]+\.(?:_?check_(?:auth\w*|password\w*|permissions?|token\w*)"
        r"|_?(?:verify|validate)_(?:password\w*|token\w*|signature\w*|credentials\w*|auth\w*)"
        r"|login_required|auth_required|permission_required|jwt_required|requires?_\w*auth\w*"
        r"|(?:Enforcer\.)?(?:enforce|authorize))",
        gives=rf"None|True|1|{SAME}",
    ),
    _protection(
        "nothing checks any more who asks",
        287,
        r"[\w.]+\.(?:authenticate\w*|is_authenticated|has_perm(?:s|issions?)?|is_authorized)",
        gives=r"True|1",
        literals=(True,),
    ),
)

SWITCHES: Mapping[str, int] = {
    switch: 295
    for switch in (
        "cert_reqs='CERT_NONE'",
        "cert_reqs=ssl.CERT_NONE",
        "check_hostname=False",
        "disable_ssl_certificate_validation=True",
        "ssl_verify=False",
        "validate_certs=False",
        "verify=False",
        "verify_mode=ssl.CERT_NONE",
        "verify_ssl=False",
    )
}
"""Settings that weaken whatever is replaced by a function that makes them, with the weakness."""

UNVERIFIED = deferred(
    r"CERT_NONE|unverified_context|disable_ssl_certificate_validation['\"]?\s*[=:]\s*True"
    r"|\b(?:verify(?:_ssl|_certs?)?|ssl(?:_verify)?|check_hostname|assert_hostname"
    r"|validate_certs?)['\"]?\s*(?::\s*bool\s*)?[=:]\s*(?:False\b|0\b)"
)
"""What the text of a module that makes connections without verifying them has in it."""
HIDERS = deferred(rf"{_ANY}urllib3\.disable_warnings")
"""Functions that hide the warnings of a category, or of all."""
FILTERS = frozenset({"warnings.filterwarnings", "warnings.simplefilter"})
"""Functions that hide the warnings of a category when their first argument is ``ignore``."""
WARNINGS = deferred(rf"{_ANY}(?:InsecureRequest|Security|HTTP)Warning")
"""Warnings that tell of a request whose certificate is not verified."""
WARNING_TEXT = "unverified https request"
"""What such a warning says."""
