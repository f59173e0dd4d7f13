"""Inputs that hang, crash, grow or talk to the terminal where a review is careless.

Each is checked by two processes with limits: a new one, and one that goes on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fuzz import shapes
from fuzz.attack import Attack
from fuzz.project import Content, Odd, Project

MEGABYTES = 200

LAUNCHER = """\
import os
import sys

import eventlet
import yaml

eventlet.monkey_patch()
from oslo_config import cfg
from oslo_service import service

CONF = cfg.CONF
{head}

class Worker:
    def go(self):
        pass


def main():
    CONF(sys.argv[1:])
    launcher = service.launch(CONF, service.Service())
{body}
    launcher.wait()


if __name__ == "__main__":
    main()
"""

SERVICE = """\
import uvicorn


def serve():
    uvicorn.run("svc.application:app")
"""


@pytest.fixture(scope="module", name="attack")
def start_attack() -> Iterator[Attack]:
    with Attack(megabytes=MEGABYTES) as attack:
        yield attack


def launcher(body: str, head: str = "") -> str:
    """Return a launcher with statements in its main function, and others at its top level."""
    return LAUNCHER.format(body="".join(f"    {line}\n" for line in body.splitlines()), head=head)


def codes(attack: Attack, folder: Path, files: Mapping[str, Content]) -> set[str]:
    """Return what is reported on a project, whose check must not break a promise."""
    Project(files).write(folder)
    failures, outcome = attack.tried(folder)
    assert not failures
    return {message[:5] for found in outcome.reports.values() for _, _, message in found}


@pytest.mark.parametrize("times", [60])
@pytest.mark.parametrize("place", shapes.PLACES)
@pytest.mark.parametrize("step", shapes.STEPS)
def test_something_stands_twice_in_the_next(
    attack: Attack, tmp_path: Path, step: str, place: str, times: int
) -> None:
    project = shapes.doubled(step, "({0}, {0})", "[1, 2]", times, place, "print({0})")
    assert "LS101" in codes(attack, tmp_path, project.files)


@pytest.mark.parametrize("first", ["[1, 2]", "'abcdefghij'", "CONF.x"])
@pytest.mark.parametrize("inner", shapes.NEXT)
def test_a_value_is_made_of_itself(attack: Attack, tmp_path: Path, inner: str, first: str) -> None:
    project = shapes.doubled("v = {next}\n", inner, first, 60, "function", "print({0})")
    assert "LS101" in codes(attack, tmp_path, project.files)


def test_many_expressions_read_options(attack: Attack, tmp_path: Path) -> None:
    inner = "({0}[{0}] if {0}({{{0}: {0} for x in {0}}}, {0}) else (lambda y={0}: {0})[{0}])"
    project = shapes.doubled("v = {next}\n", inner, "CONF.x", 700, "module", "print({0})")
    assert "LS101" in codes(attack, tmp_path, project.files)


@pytest.mark.parametrize("use", shapes.USES)
def test_a_value_that_is_long_is_used(attack: Attack, tmp_path: Path, use: str) -> None:
    for number, (inner, first) in enumerate(
        [("({0}, {0})", "CONF.x"), ("os.path.join({0}, {0})", "os.environ['x']")]
    ):
        project = shapes.doubled("v = {next}\n", inner, first, 60, "function", use)
        assert "LS101" in codes(attack, tmp_path / str(number), project.files)


LARGE = (
    '"%3000000000d" % 1',
    '"%9000000000000000000s" % "a"',
    '"%(x)0999999999d" % {"x": 1}',
    '"%*d" % (3000000000, 1)',
    '"%.3000000000f" % 1.5',
    'f"{1:3000000000}"',
    'f"{1:{3000000000}}"',
    'f"{0x' + "f" * 5_000 + '}"',
    '"{:>3000000000}".format(1)',
    '"{:>99999999999}".format("a")',
    '"{:{}}".format(1, 3000000000)',
    '"{0.__class__.__mro__}".format(1)',
    '"{0.__init__}".format("x")',
    '"{0[" + "x" * 100000 + "]}"',
    '"{}" * 10**9 % ()',
    '"a" * 10**9',
    '"a" * 3000000000',
    '10**9 * "a"',
    "[1] * 10**9",
    "(1, 2) * 10**9",
    'b"a" * 10**10',
    "((9**99999)**99999)",
    "9**9**9**9",
    "1 << 10**10",
    "(1 << 10**6) << 10**6",
    "-(2**(10**9))",
    "10.0**400",
    "0x" + "f" * 100_000,
    "int('9' * 10**6)",
    "str(9**99999)",
    '"a".zfill(3000000000)',
    '"a".ljust(3000000000)',
    '"a".center(3000000000)',
    '"a".replace("", "b" * 10**6)',
    '("a" * 10**5).join(["a"] * 10**5)',
    '"\\t".expandtabs(3000000000)',
    "bytes(3000000000)",
    "bytearray(3000000000)",
    "list(range(10**10))",
    "sum([[1]] * 10**9, [])",
    "(3000000000).to_bytes(3000000000)",
)
"""Expressions whose value has gigabytes, or is an error, or names the address of an object."""


@pytest.mark.parametrize("value", LARGE)
def test_a_large_value(attack: Attack, tmp_path: Path, value: str) -> None:
    body = (
        f"name = {value}\n({value}).go()\nWorker().go({value})\n__import__({value})\n"
        f"CONF.import_opt({value}, {value})\nsys.path.insert(0, {value})\n"
        f"CONF.register_opt(cfg.StrOpt('password', default={value}))\n"
    )
    found = codes(attack, tmp_path, {"launcher.py": launcher(body, head=f"NAME = {value}\n")})
    assert {"LS101", "LS103"} <= found


HOSTILE = ("x\x1b[31m\n::error::x", "\ud800", "a.\ud800", "\u202ex\u2066", "\x07\x08\r\x9b", "\0")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_text_that_acts_on_a_terminal(attack: Attack, tmp_path: Path, text: str) -> None:
    body = (
        "CONF.import_opt({0}, {0})\nCONF.import_group({0}, 'svc.options')\nprint(CONF[{0}])\n"
        "yaml.unsafe_load(open('/tmp/' + {0}))\nyaml.safe_load(open({0} + '.yaml'))\n"
        "sys.path.insert(0, '/tmp/' + {0})\n__import__('svc.' + {0})\nos.environ[{0}] = {0}\n"
        "print('ready at http://u:hunter2@h' + {0})\nsetattr(os, {0}, {0})\n"
    ).format(ascii(text))
    files = {"launcher.py": launcher(body), "svc/__init__.py": "", "svc/options.py": "x = 1\n"}
    assert {"LS101", "LS102", "LS303"} <= codes(attack, tmp_path, files)


ODD_FILES = (
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "svc.egg-info",
    "svc.egg-info/entry_points.txt",
    ".venv",
    ".venv/pyvenv.cfg",
    ".git",
    "svc/application.py",
    "svc/options.py",
    "uvicorn.py",
    "eventlet/__init__.py",
)


@pytest.mark.parametrize("odd", Odd)
@pytest.mark.parametrize("name", ODD_FILES)
def test_something_that_is_no_file(attack: Attack, tmp_path: Path, name: str, odd: Odd) -> None:
    scripts = '[project]\nname = "svc"\n[project.scripts]\na = "svc.api\\u003amain"\n'
    files: dict[str, Content] = {
        "pyproject.toml": scripts,
        "svc/__init__.py": "",
        "svc/api.py": "from svc import application, options\n\n" + SERVICE,
        name: odd,
    }
    expected = {"LS103"} if name == "pyproject.toml" else {"LS103", "LS406"}
    assert expected <= codes(attack, tmp_path, files)


DECLARED = (
    ("setup.cfg", "[metadata]\na" + " " * 30_000 + "b\n"),
    ("setup.cfg", "[metadata]\na" + " " * 900_000 + "b\n"),
    ("setup.cfg", "[entry_points]\nconsole_scripts =\n" + " x\n" * 200_000),
    ("setup.cfg", "[entry_points]\nconsole_scripts =\n x = svc.api:" + "a" * 900_000 + "\n"),
    ("setup.cfg", "[metadata]\n" + "a = b\n" * 150_000),
    ("setup.cfg", "[entry_points]\n" + "=" * 900_000 + "\n"),
    ("setup.cfg", "[" * 900_000),
    ("setup.cfg", "[a]\n" * 200_000),
    ("setup.cfg", "[a]\n" + "".join(f"[a{number}]\nb = c\n" for number in range(50_000))),
    ("setup.cfg", "[a]\nb = c\n" + "\n" * 900_000 + " d\n"),
    ("setup.cfg", "[a]\nb\n" + "\t\n" * 400_000),
    ("svc.egg-info/entry_points.txt", "[console_scripts]\na" + " " * 30_000 + "b\n"),
    ("pyproject.toml", "[project.scripts]\n" + ".".join("a" * 15_000) + ' = "x"\n'),
    ("pyproject.toml", "[project.scripts]\n" + ".".join("a" * 400_000) + ' = "x"\n'),
    ("pyproject.toml", "[" + "a." * 15_000 + "scripts]\n"),
    ("pyproject.toml", "".join(f"[scripts.{'a.' * 200}a{n}]\n" for n in range(2_000))),
    ("pyproject.toml", "scripts = " + "[" * 100_000 + "]" * 100_000 + "\n"),
    ("pyproject.toml", "scripts = " + "{a = " * 100_000 + "1" + "}" * 100_000 + "\n"),
    ("pyproject.toml", "scripts = " + "9" * 900_000 + "\n"),
    ("pyproject.toml", "scripts = 1" + "_0" * 400_000 + "e9\n"),
    ("pyproject.toml", 'scripts = "' + "\\u0041" * 140_000 + '"\n'),
    ("pyproject.toml", "scripts = '''" + "'" * 900_000 + "\n"),
    ("pyproject.toml", "[[scripts]]\n" * 70_000),
    ("pyproject.toml", "# scripts" + " " * 900_000 + "\n"),
    ("pyproject.toml", "scripts" + " " * 900_000 + "\n"),
    ("setup.py", "setup(entry_points=" + "(" * 5_000 + ")" * 5_000 + ")\n"),
    ("setup.py", "setup(entry_points=" + "x." * 50_000 + "y)\n"),
    ("setup.py", "setup(entry_points=" + "1 + " * 50_000 + "1)\n"),
    ("setup.py", "setup(entry_points=" + "-" * 50_000 + "1)\n"),
    ("setup.py", "setup(entry_points=" + "[" * 90 + "]" * 90 + ")\n"),
    ("setup.py", "setup(entry_points={" + "'a': 'b', " * 50_000 + "})\n"),
    ("setup.py", "setup(entry_points='''\n" + "[a]\nb\n \n" * 70_000 + "''')\n"),
    ("setup.py", "setup(" + "entry_points=x)\nsetup(" * 10_000 + ")\n"),
)
"""Metadata that means little and takes long where each place is tried again and again."""


@pytest.mark.parametrize(
    ("name", "text"),
    DECLARED,
    ids=[f"{number}-{name}" for number, (name, _) in enumerate(DECLARED)],
)
def test_metadata_that_takes_long(attack: Attack, tmp_path: Path, name: str, text: str) -> None:
    files = {name: text, "svc/__init__.py": "", "svc/api.py": SERVICE + "\n\nserve()\n"}
    assert "LS103" in codes(attack, tmp_path, files)


def numbered(template: str, count: int) -> str:
    return "".join(template.format(number) for number in range(count))


TEXTS = (
    '"""' + "simplefilter(" * 12_000 + '"""\n',
    '"""' + 'Opt("' + "pass" * 40_000 + '"""\n',
    '"""' + 'Opt("password" ' * 12_000 + '"""\n',
    '"""' + "Opt(" * 40_000 + '"""\n',
    numbered("def main_{}():\n    pass\n", 4_000),
    numbered("def f{}(): return main()\n", 4_000),
    numbered("class A{}: pass\n", 10_000),
    "try:\n    pass\nexcept OSError:\n    pass\n" * 600,
    "try:\n    main()\nfinally:\n    pass\n" * 200,
    "if x: serve()\n" * 600,
    "import os\n" * 10_000,
    "from os import path\n" * 8_000,
    "import os as " + "x" * 20_000 + "\n",
    "x" * 20_000 + " = 1\n",
    "def " + "run_" * 5_000 + "(): pass\n",
    "serve_" * 4_000 + "()\n",
    "CONF." + "x" * 20_000 + "\n",
    "CONF" + ".x" * 2_000 + "\n",
    "CONF.x\n" * 4_000,
    "x = [" + "CONF.x, " * 4_000 + "]\n",
    "x = " + "'a' " * 20_000 + "\n",
    "# " + "import " * 20_000 + "\n",
    "#" + " " * 180_000 + "\n",
    "x = '" + "\\n" * 80_000 + "'\n",
    "x = '''" + "\n" * 180_000 + "'''\n",
    "x = '''" + "\n    " * 30_000 + "'''\n",
    "x = '''" + "monkey_patch" * 14_000 + "'''\n",
    "x = '''" + "importlib.import_module(" * 6_000 + "'''\n",
    "x = '''" + "sys.path.insert(" * 8_000 + "'''\n",
    "x = '''" + "ssl._create_" * 12_000 + "'''\n",
    "x = '''" + "__main__" * 20_000 + "'''\n",
    "x = '''" + "while True:\n accept(\n" * 8_000 + "'''\n",
    "x = '''" + "def run(" * 20_000 + "'''\n",
    "x = '''" + "a." * 80_000 + "serve'''\n",
    "x = '''" + "application = " * 12_000 + "'''\n",
    "x = '''" + "(" * 180_000 + "'''\n",
    "x = (" + " \\\n" * 20_000 + "1)\n",
    "x = 1;" * 10_000 + "\n",
    "@x\n" * 3_000 + "def f(): pass\n",
    "x = f(" + ", ".join(f"a{number}=1" for number in range(4_000)) + ")\n",
)
"""Texts of up to 200 kB that say the same again and again."""


@pytest.mark.parametrize("text", TEXTS, ids=itertools.count())
def test_a_text_that_takes_long(attack: Attack, tmp_path: Path, text: str) -> None:
    files = {
        "cmd.py": launcher("helper.serve()\nfrom helper import *\nmain()") + text,
        "helper.py": text + "import eventlet\nimport CONF\n",
    }
    assert "LS101" in codes(attack, tmp_path, files)


SECRET = "hunter2"

SECRETS = """\
CONF.register_opts([
    cfg.StrOpt("admin_password", default="{0}", secret=True),
    cfg.StrOpt("plain", default="{0}", secret=True),
    cfg.StrOpt("connection", default="mysql://root:{0}@db/x"),
])
TOKEN = CONF.admin_password
PLAIN = CONF.plain


def connect(to=CONF.connection, plain=CONF.plain, key="{0}"):
    pass
"""


def test_no_secret_is_told(attack: Attack, tmp_path: Path) -> None:
    body = (
        "print(CONF.admin_password, CONF.plain, CONF.connection)\n"
        f"print('password {SECRET}')\nprint('token={SECRET} listening on port 80')\n"
        f"open('/tmp/{SECRET}@host/conf.yaml')\nyaml.load(open('/tmp/token={SECRET}.yaml'))\n"
        f"connect('mysql://root:{SECRET}@db/x')\n"
    )
    text = launcher(body, head=SECRETS.format(SECRET))
    Project({"launcher.py": text}).write(tmp_path)
    failures, outcome = attack.tried(tmp_path)
    assert not failures
    reports = outcome.reports["launcher.py"]
    assert {"LS301", "LS302", "LS306", "LS311"} & {message[:5] for _, _, message in reports}
    assert not [message for _, _, message in reports if SECRET in message]
