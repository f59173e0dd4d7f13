"""What messages may quote: nothing that may be a secret, and names all the same."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import flake8_launcher
from flake8_launcher.knowledge.quoting import default, named, quoted, veiled
from flake8_launcher.semantic.spelling import spelled

SECRETS = [
    "mysql://root:S3CR3T@db/x",
    "mysql+pymysql://root:SECRET@db/x",
    "postgres://SECRET@db/x",
    "amqp://u:pa/SECRET@w@host:5672//",
    "https://SECRET@github.com/x/y.git",
    "redis://:SECRET@cache:6379/0",
    "root:SECRET@db:3306",
    "password=SECRET",
    "db_password: SECRET",
    "server=x;pwd=SECRET;timeout=3",
    "pw=SECRET",
    "private key: SECRET",
    '{"api_key": "SECRET", "port": 1}',
    "{'token': 'SECRET'}",
    "?access_token=SECRET&page=2",
    "--admin-password SECRET --config x.yaml",
    "Authorization: Bearer SECRET",
    "the password is SECRET1",
    "listening with token SeCRET",
    "listening with secret S%ECRET!x",
    "ready, key AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
    "glpat-abcdefghij0123456789",
    "xoxb-123456789012-abcdefABCDEF",
    "sk-abcdefghijklmnopqrstuvwxyz012345",
    "sk_live_abcdefghijklmnopqrstuvwx",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2ln",
    "https://hooks.slack.com/services/T0/B0/abcdefghijkl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "d41d8cd98f00b204e9800998ecf8427e",
    "/run/550e8400-e29b-41d4-a716-446655440000/x",
    "xK3b9QzT7Lm2VnRw8Y1sDqP0aHf6GcJ4",
    "/tmp/S3CR3T.yaml",
    "/tmp/hunter2-S3CR3T/conf.yaml",
    "p4ssw0rd",
    "x" * 180 + " mysql://root:" + "SECRET" * 40 + "@db/x",
]

NAMES = """
    oslo_config.cfg.CONF nova.scheduler.rpcapi pulse.auth:main svc.token:run pulse-api
    kubernetes.client.V1alpha1Api scheduler_default_filters ec2_api_ipv6 sk_buff_allocation_size
    skip_hypervisor_version_check_on_lm admin_password secret_key OPENSTACK_AUTH_TOKEN i18n l10n
    --db-password MyVeryLongClassNameOfAHandlerOfThings x86_64 sha256 utf8mb4 OAuth2TokenProvider
    HTTPServerWithIPv6Support django.contrib.auth.middleware.AuthenticationMiddleware
    s3 k8s v1beta1
""".split()
PATHS = """
    /etc/nova/nova.conf /var/lib/pulse ./settings.yaml /tmp/app/conf.d ../etc/api-paste.ini
    /usr/lib/x86_64-linux-gnu/python3.11/site-packages C:\\\\service\\\\config.ini
    ~/.config/app.toml
    /run/secrets/db_password /etc/ssl/private/key.pem .../logging.ini $HOME/conf file:///etc/x.db
    http://127.0.0.1:8080/health sqlite:////var/lib/x.db
""".split()
TEXTS = [
    "password for the database",
    "Token Server listening on port 8080",
    "keyboard: us",
    "monkey_patch: true",
    "the secret of success",
]


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_not_told(text: str) -> None:
    for shown in (quoted(text), veiled(text), named(text)):
        assert "***" in shown
        for secret in ("SECRET", "S3CR3T", "hunter2", "EXAMPLE", "p4ss", "c6912", "abcdef"):
            assert secret not in shown


@pytest.mark.parametrize("text", [*NAMES, *PATHS, *TEXTS])
def test_other_texts_are_told(text: str) -> None:
    assert veiled(text) == text or ":" in text
    assert named(text) == text
    assert quoted(text) == repr(text)


def test_long_literals_are_cut() -> None:
    assert quoted("a b " * 10_000) == repr("a b " * 50 + "...")
    assert len(quoted("x" * 100_000)) < 300


@pytest.mark.parametrize(
    ("literal", "shown"),
    [
        (None, "None"),
        (True, "True"),
        (8080, "8080"),
        (0.5, "0.5"),
        (b"SECRET", "a bytes"),
        (["SECRET"], "a list"),
        ({"a": "SECRET"}, "a dict"),
    ],
)
def test_other_literals(literal: object, shown: str) -> None:
    assert quoted(literal) == shown


@pytest.mark.parametrize(
    ("name", "value", "secret", "is_told"),
    [
        ("state_path", "/var/lib/pulse", False, True),
        ("workers", 4, False, True),
        ("debug", False, False, True),
        ("host", None, False, True),
        ("host", "", False, True),
        ("admin_password", "hunter", False, False),
        ("admin_pass", "hunter", False, False),
        ("pin", 1234, False, False),
        ("name", "hunter", True, False),
        ("name", "hunter", None, False),
        (None, "hunter", False, False),
        ("connection", "sqlite:///x", False, False),
        ("transport_url", "rabbit://", False, False),
        ("name", "mysql://a:b@c", False, False),
        ("name", "x=1;password=hunter", False, False),
        ("name", "S3CR3T", False, False),
        ("name", ["hunter"], False, False),
        ("name", b"hunter", False, False),
        ("name", ..., False, False),
        ("name", "x" * 50, False, False),
    ],
)
def test_default(name: str | None, value: object, secret: bool | None, is_told: bool) -> None:
    shown = default(name, value, secret)
    assert shown == (f"the default {value!r}" if is_told else "the default")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("partial(f, 'x', token='y', verify=False)", "partial(f, ..., token=..., verify=False)"),
        ("logging.getLogger('x').error", "logging.getLogger(...).error"),
        ("error[0]", "error[0]"),
        ("error[1234]", "error[...]"),
        ("print >> f'{x} y'", "print >> ..."),
        ("a(b'x',\n  None)", "a(..., None)"),
    ],
)
def test_code_is_spelled_without_its_literals(code: str, shown: str) -> None:
    assert spelled(ast.parse(code, mode="eval").body).endswith(shown)


def test_code_that_is_nested_deeply() -> None:
    code = ast.parse("a" + ".b" * 900, mode="eval").body
    for _ in range(3000):
        code = ast.Attribute(code, "c", ast.Load())
    assert spelled(code) == ""


def test_rules_quote_through_one_door() -> None:
    """No rule puts ``repr`` of something into its message itself."""
    for path in Path(flake8_launcher.__file__).parent.joinpath("rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FormattedValue) and node.conversion != -1:
                names = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
                assert names <= PARAMETERS, f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("repr", "ascii"), f"{path}:{node.lineno}"


PARAMETERS = {"unknown", "twice", "missing", "first", "second"}
"""What rules call the names of parameters."""
