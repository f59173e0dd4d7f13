"""Write what well-known packages keep at import: flake8_launcher/knowledge/early_bindings/*.json.

The wheels of the distributions named below are downloaded one by one, and read; nothing of them
is installed, imported or run. A file is written for each top-level package: the versions, what it
requires, and the modules that keep what monkey patchers replace, patch, or import one that does.

    python tools/early_bindings.py [--wheels FOLDER] [DISTRIBUTION ...]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flake8_launcher.imports.closure import imported_modules
from flake8_launcher.imports.sources import Sources
from flake8_launcher.imports.summary import Event, Import, Summary, to_json
from flake8_launcher.knowledge.replaced import PATCHING_PACKAGES

DISTRIBUTIONS = """
aiohttp aiohttp-retry aiokafka aioredis aiosignal alembic amqp anyio APScheduler asgiref asyncpg
attrs autobahn Automat automaton azure-core azure-identity azure-storage-blob bcrypt
beautifulsoup4 billiard blinker boto boto3 botocore bottle cachetools cassandra-driver castellan
celery certifi cffi charset-normalizer cheroot CherryPy click click-repl clickhouse-driver cliff
cmd2 ConfigArgParse confluent-kafka connexion constantly cotyledon croniter cryptography datadog
ddtrace debtcollector decorator defusedxml Deprecated distro Django djangorestframework dnspython
docker dogpile.cache dramatiq elastic-transport elasticsearch etcd3 etcd3gw eth-account eth-utils
falcon fastapi fasteners fixtures flask Flask-Cors Flask-RESTful Flask-SocketIO Flask-SQLAlchemy
frozenlist futurist geventhttpclient gitpython google-api-core google-auth google-cloud-core
google-cloud-pubsub google-cloud-storage google-resumable-media googleapis-common-protos graphene
graphql-core grequests grpcio gunicorn h11 h2 hpack httpcore httplib2 httptools httpx huey hvac
hypercorn hyperlink idna ifaddr incremental influxdb influxdb-client iso8601 itsdangerous Jinja2
jmespath jsonpatch jsonschema kafka-python kazoo keystoneauth1 keystonemiddleware kombu kubernetes
ldap3 locust loguru Mako MarkupSafe matrix-nio minio mongoengine more-itertools motor msal msgpack
multidict mysql-connector-python nats-py ncclient neo4j netaddr netmiko newrelic numpy oauthlib
opensearch-py openstacksdk opentelemetry-api opentelemetry-exporter-otlp-proto-grpc
opentelemetry-exporter-otlp-proto-http opentelemetry-instrumentation opentelemetry-sdk orjson
os-brick os-ken os-service-types os-traits os-vif os-win osc-lib oslo.cache oslo.concurrency
oslo.config oslo.context oslo.db oslo.i18n oslo.limit oslo.log oslo.messaging oslo.metrics
oslo.middleware oslo.policy oslo.privsep oslo.reports oslo.rootwrap oslo.serialization
oslo.service oslo.upgradecheck oslo.utils oslo.versionedobjects oslo.vmware osprofiler outcome ovs
ovsdbapp packaging paho-mqtt paramiko passlib Paste PasteDeploy pbr pecan peewee pika platformdirs
portend prettytable prometheus-client prompt-toolkit propcache protobuf psutil psycopg
psycopg-pool psycopg2-binary pyasn1 pycadf pycparser pydantic pydantic-core Pygments PyJWT
pymemcache pymongo PyMySQL PyNaCl pyOpenSSL pyparsing pyroute2 pysaml2 python-barbicanclient
python-cinderclient python-consul python-dateutil python-designateclient python-dotenv
python-engineio python-glanceclient python-heatclient python-ironicclient python-keystoneclient
python-magnumclient python-manilaclient python-memcached python-mistralclient python-neutronclient
python-novaclient python-octaviaclient python-openstackclient python-socketio python-swiftclient
pytz PyYAML pyzmq raven redis Repoze.lru repoze.who requests requests-futures requests-oauthlib
requests-toolbelt requests-unixsocket rfc3986 Routes rpyc rq rsa s3transfer semver sentry-sdk
service-identity setproctitle simple-websocket simplejson six slack-sdk sniffio sortedcontainers
SQLAlchemy sqlparse starlette statsd stevedore stomp.py structlog suds-community supervisor
taskflow tempora tenacity thrift thriftpy2 toolz tooz tornado tqdm trio Twisted txaio
typing-extensions tzdata tzlocal ujson urllib3 uvicorn uvloop vine waitress warlock watchdog
wcwidth web3 WebOb websocket-client websockets Werkzeug wrapt wsproto yappi yarl zake zc.lockfile
zeep zeroconf zipp zope.interface
""".split()

_UNLIKELY = frozenset(
    {"test", "tests", "testing", "_vendor", "conftest", "examples", "benchmarks"}
)
_REQUIRES = re.compile(r"^Requires-Dist: *([\w.-]+)([^\n]*)$", re.MULTILINE)
_ELSEWHERE = re.compile(r"\bextra\b|python_version *<|win32|Windows|darwin|PyPy|pypy")
_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = _ROOT / "flake8_launcher" / "knowledge" / "early_bindings"


def download(distribution: str, folder: Path) -> Path | None:
    """Return the wheel of a distribution, or none when it has none."""
    target = folder / distribution.lower()
    if not target.is_dir():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "--dest", str(target)]
        completed = subprocess.run([*command, distribution], capture_output=True, check=False)
        if completed.returncode:
            target.mkdir(exist_ok=True)
    return next(target.glob("*.whl"), None)


@dataclasses.dataclass
class Distribution:
    """What is read of a wheel.

    :ivar packages: its top-level packages.
    :ivar requires: the distributions that it needs wherever it runs.
    """

    name: str
    version: str
    packages: set[str]
    requires: set[str]


def unpack(name: str, wheel: Path, site: Path) -> Distribution:
    """Unpack the Python files of a wheel."""
    read = Distribution(name, wheel.name.split("-")[1], set(), set())
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            inner = member
            if member.endswith(".dist-info/METADATA"):
                read.requires.update(requirements(archive.read(member).decode()))
            if ".data/" in member:
                scheme, _, inner = member.partition(".data/")[2].partition("/")
                if scheme not in ("purelib", "platlib"):
                    continue
            if not inner.endswith(".py") or ".." in inner:
                continue
            target = site / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(member))
            package = inner.partition("/")[0].removesuffix(".py")
            if package.isidentifier() and package not in PATCHING_PACKAGES | _UNLIKELY:
                read.packages.add(package)
    return read


def requirements(metadata: str) -> Iterator[str]:
    """Yield the normalized names of what a distribution requires on Linux, without its extras."""
    for match in _REQUIRES.finditer(metadata):
        name, marker = match.groups()
        if not _ELSEWHERE.search(marker):
            yield normalized(name)


def normalized(name: str) -> str:
    """Return the one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def modules_in(site: Path) -> Iterator[str]:
    """Yield the names of the modules that a folder of packages holds."""
    for path in sorted(site.rglob("*.py")):
        parts = list(path.relative_to(site).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        likely = not _UNLIKELY.intersection(parts) or parts == ["supervisor"]
        if parts and likely and all(part.isidentifier() for part in parts):
            if parts[0] not in PATCHING_PACKAGES:
                yield ".".join(parts)


class Graph:
    """Which module leads to which, as far as something is kept in the end.

    :ivar summaries: the modules, with what is left of their events.
    """

    def __init__(self, summaries: Mapping[str, Summary], sources: Sources) -> None:
        self.summaries: dict[str, Summary] = {}
        for name, summary in summaries.items():
            events: list[Event] = []
            for event in summary.events:
                events += self._resolved(name, event, sources)
            # the lines change with each version, and a module is imported once
            events = list(dict.fromkeys(event._replace(line=0) for event in events))
            self.summaries[name] = summary._replace(events=tuple(events))
        self._keep(self._that_matter())
        for name in sorted(self.summaries):
            self._shorten(name)
        self._keep(self._that_matter())

    @staticmethod
    def _resolved(name: str, event: Event, sources: Sources) -> Iterator[Event]:
        """Yield an event, and for an import the modules that it runs, without their parents."""
        if not isinstance(event, Import):
            yield event
            return
        importer = sources.find(name)
        asked = imported_modules(event, sources, importer)
        found = [module for module in asked if sources.find(module, importer)]
        for module in found:
            is_parent = any(other.startswith(f"{module}.") for other in found)
            if not is_parent and module not in parents(name) and module != name:
                yield event._replace(module=module, name=None)

    def _that_matter(self) -> set[str]:
        """Return the modules that keep something, patch, or import a module that does."""
        importers: dict[str, set[str]] = {}
        pending = []
        for name, summary in self.summaries.items():
            for event in summary.events:
                if isinstance(event, Import):
                    for module in {*parents(event.module), event.module} - {*parents(name)}:
                        importers.setdefault(module, set()).add(name)
                else:
                    pending.append(name)
            for several in summary.lazy.values():
                for module in several:
                    importers.setdefault(module, set()).add(name)
        found: set[str] = set()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += importers.get(name, ())
        return found

    def _keep(self, matter: set[str]) -> None:
        """Leave out the modules that do not matter, and the imports of them."""
        self.summaries = {
            name: summary._replace(
                events=tuple(
                    event
                    for event in summary.events
                    if not isinstance(event, Import)
                    or matter.intersection(
                        {*parents(event.module), event.module} - {*parents(name)}
                    )
                ),
                lazy={
                    key: several
                    for key, several in summary.lazy.items()
                    if matter.intersection(several)
                },
            )
            for name, summary in self.summaries.items()
            if name in matter
        }

    def _shorten(self, name: str) -> None:
        """Leave out the imports that the packages which hold a module do in any case."""
        summary = self.summaries[name]
        above = self._reached(parents(name), name)
        events = tuple(
            event
            for event in summary.events
            if not isinstance(event, Import) or event.module not in above
        )
        self.summaries[name] = summary._replace(events=events)

    def _reached(self, roots: Iterable[str], without: str) -> set[str]:
        """Return the modules that run when others are imported, but for one of them."""
        found: set[str] = set()
        pending = list(roots)
        while pending:
            name = pending.pop()
            if name == without or name in found or name not in self.summaries:
                continue
            found.add(name)
            for event in self.summaries[name].events:
                if isinstance(event, Import) and not event.perhaps and not event.needs:
                    pending += parents(event.module)
                    pending.append(event.module)
        return found


def parents(name: str) -> list[str]:
    """Return the names of the packages that hold a module."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def write(
    package: str,
    owners: Iterable[Distribution],
    requires: set[str],
    modules: Mapping[str, Summary],
) -> None:
    """Write the file of one top-level package: a module a line."""
    head: dict[str, Any] = {
        "distributions": {owner.name: owner.version for owner in owners},
        "requires": sorted(requires - {package}),
    }
    lines = [
        f"{json.dumps(name)}:{json.dumps(to_json(summary), separators=(',', ':'))}"
        for name, summary in sorted(modules.items())
    ]
    body = ",\n".join(lines)
    text = f'{json.dumps(head)[:-1]},\n"modules":{{\n{body}\n}}}}\n'
    (_FOLDER / f"{package}.json").write_text(text, encoding="utf-8")


def renew(names: Iterable[str], wheels: Path, site: Path) -> None:
    """Download distributions, and write the files of their packages."""
    read: dict[str, Distribution] = {}
    for name in names:
        wheel = download(name, wheels)
        if wheel:
            read[normalized(name)] = unpack(name, wheel, site)
        else:
            print(f"no wheel: {name}")
    sources = Sources(lambda name: None, [str(site)])
    summaries = {name: found.summary for name in modules_in(site) if (found := sources.find(name))}
    graph = Graph(summaries, sources)
    for path in _FOLDER.glob("*.json"):
        path.unlink()
    packages = {package for one in read.values() for package in one.packages}
    for package in packages:
        owners = [one for one in read.values() if package in one.packages]
        requires = {
            inner
            for owner in owners
            for required in {*owner.requires, normalized(owner.name)}
            if required in read
            for inner in read[required].packages
        }
        modules = {
            name: summary
            for name, summary in graph.summaries.items()
            if name.partition(".")[0] == package
        }
        write(package, owners, requires, modules)
    size = sum(path.stat().st_size for path in _FOLDER.glob("*.json"))
    count = f"{len(graph.summaries)} of {len(summaries)} modules"
    print(f"{len(packages)} packages, {count}, {size:,} bytes")


def main() -> int:
    """Renew the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wheels", type=Path, help="where wheels are, or are to be, kept")
    parser.add_argument("distributions", nargs="*", default=DISTRIBUTIONS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = arguments.wheels or Path(scratch) / "wheels"
        os.makedirs(wheels, exist_ok=True)
        renew(arguments.distributions, wheels, Path(scratch) / "site")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
