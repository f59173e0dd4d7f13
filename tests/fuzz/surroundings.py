"""What stands beside a launcher: helper modules broken in every way, metadata, very long texts."""

from __future__ import annotations

from hypothesis import strategies as st

from fuzz import documents, grammar, splices
from fuzz.project import Content, Odd, Project

CALLER = """\
import eventlet
import uvicorn
from oslo_config import cfg
from svc import other, service
from svc.other import *
from svc.other import main, serve, x as y
from svc.deep.er import thing

eventlet.monkey_patch()
CONF = cfg.CONF
CONF.import_opt("name", "svc.other")
CONF.import_group("group", "svc.options")


class Server(other.CONF, other.service, service.Service):
    workers = other.workers

    def run(self):
        super().run(self.x)
        return self.main(y)


@other.app
def start(port=other.port):
    with other.config as z, main(z):
        other.run(z, *y, **serve)
    thing(CONF.name)
    print(CONF.group.password)
    Server(other).run()


if __name__ == "__main__":
    CONF()
    start()
    uvicorn.run("svc.api:app")
"""
"""A launcher that uses what the modules beside it may define, in every way."""

MODULES = (
    "svc/other.py",
    "svc/__init__.py",
    "svc/service.py",
    "svc/options.py",
    "svc/deep/__init__.py",
    "svc/deep/er.py",
    "svc/api.py",
    "svc/other",
    "svc",
    "eventlet.py",
    "oslo_config/__init__.py",
    "svc/x\x1b[31m\n.py",
    "svc/\ud800.py",
)
METADATA = (
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "svc.egg-info/entry_points.txt",
    "svc.egg-info",
    "svc.dist-info/entry_points.txt",
    "Procfile",
    "Dockerfile",
    "docker-compose.yml",
    "gunicorn.conf.py",
    "svc.service",
    "tox.ini",
    "requirements.txt",
    "manage.py",
    "svc/wsgi.py",
    "svc.tac",
    ".venv/pyvenv.cfg",
    ".venv",
    "bin/svc",
    ".git",
)

DECLARED = {
    "pyproject.toml": '[project]\nname = "svc"\n[project.scripts]\nsvc = "{0}"\n'
    '[project.entry-points.wsgi_scripts]\nx = "{0}"\n',
    "setup.cfg": "[metadata]\nname = svc\n[entry_points]\nconsole_scripts =\n  svc = {0}\n",
    "setup.py": "from setuptools import setup\n"
    "setup(entry_points={{'console_scripts': ['svc = {0}', {0!r}]}})\n",
    "svc.egg-info/entry_points.txt": "[console_scripts]\nsvc = {0}\n",
    "svc.dist-info/entry_points.txt": "[console_scripts]\nsvc = {0}\n",
    "Procfile": "web: gunicorn {0}\nworker: celery -A {0} worker\n",
    "Dockerfile": 'FROM python\nCMD ["uvicorn", "{0}"]\n',
    "svc.service": "[Service]\nExecStart=/usr/bin/gunicorn {0}\n",
    "gunicorn.conf.py": "wsgi_app = '{0}'\nworker_class = 'gevent'\n",
}
"""How files name what a process begins with."""

TARGETS = (
    "svc.cmd:start",
    "svc.cmd:main",
    "svc.api:missing",
    "svc.gone:main",
    "svc.other:app.run",
    "svc.cmd:x\\n::error::\\u001b[31m",
    "svc..cmd:",
    ":",
    "svc.cmd\\u003amain",
    "a.b" * 3_000 + ":x",
    "svc.cmd:start [extra]",
)

WHOLE = (
    b"",
    b"x = 1\n\0\n",
    b"\0" * 10_000,
    b"\xff\xfex\x00=\x001\x00\n\x00",
    b"# -*- coding: nothing -*-\nx = 1\n",
    b"# -*- coding: utf-16 -*-\nx = 1\n",
    b"# -*- coding: rot13 -*-\nvzcbeg bf\n",
    b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
    b"# -*- coding: hex -*-\n00\n",
    b"x = '\xe9'\n",
    b"\xef\xbb\xbfx = serve = main = 1\n",
    b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    b"x = 1\r\ny = 2\rz = 3\x0cdef main(): pass\n",
    b"def main(:\n",
    b"if x:\npass\n",
    b"x = '''\n",
    b"\\",
    b"x = (\n",
    b"\tx = 1\n        y = 2\n",
    b"print 'hello'\nexec 'x'\n",
    b"from svc.cmd import *\nfrom . import other\nimport svc.other\n",
    b"from . import *\n" * 500,
    b"from .... import x\nfrom ......y import *\n",
    b"import svc.deep.er.deep.er.deep.er\n",
    "x = 1\u2028y = 2\x85z = 3\x1c\n".encode(),
    b"def serve(): return serve()\nmain = serve\nserve = main\nx = x\n",
    b"__getattr__ = lambda name: name\n__all__ = x\n__path__ = ['/']\n",
    b"class CONF(CONF): pass\nclass service(CONF, service): pass\n",
    *Odd,
)
"""Whole files, good for nothing."""

DEEP = (
    "({})",
    "[{}]",
    "x({})",
    "-{}",
    "not {}",
    "lambda: {}",
    "{}.x",
    "{}()",
    "{}[0]",
    "{} + 1",
    "1 + {}",
    "{} if x else y",
    "x if {} else y",
    "x if y else {}",
    "{{1: {}}}",
    "[y for x in {}]",
    "f(x={})",
    "{} and y",
    "'a' + {}",
    "{} % x",
    "await_({}) or 1",
)
"""Expressions inside each other."""

DEEP_BLOCKS = (
    "if x:",
    "while x:",
    "for x in y:",
    "with x:",
    "def main():",
    "class main:",
    "try:",
    "async def serve():",
)

LONG = (
    " ",
    "\t",
    "\n",
    "x = 1\n",
    "x;",
    "a.",
    "a",
    "=",
    "(",
    ")",
    "#",
    "'",
    '"',
    "\\\n",
    "[a]\n",
    "a = b\n",
    "a=",
    "a:",
    ": ",
    ",",
    "{",
    "}",
    "%(",
    "password",
    "Opt('pass",
    "simplefilter(",
    "import ",
    "import x\n",
    "from x import ",
    "def main_",
    "def main():\n    pass\n",
    "def f():\n",
    "try:\n",
    "except:\n",
    "class A(",
    "@x\n",
    "serve(",
    ".serve",
    "run_",
    "CONF.",
    "CONF.x\n",
    "os.environ[",
    "monkey_patch",
    "patch_all ",
    "__import__(",
    "importlib.import_module(",
    "ssl.",
    "verify=",
    "sys.path.",
    "__main__",
    "if __name__ == '__main__':\n    main()\n",
    "while True:\n    ",
    "accept(",
    "\\",
    "/tmp/",
    "\u00e9",
    "\ufeff",
    "a\n ",
    "\r",
    "\x0c",
)
"""Texts that are written very often behind each other."""


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project in which some files are not what one would like them to be."""
    if draw(st.booleans()):
        files = dict(draw(splices.projects()).files)
    else:
        files = {"svc/__init__.py": "", "svc/other.py": "", "svc/cmd.py": CALLER}
        if draw(st.booleans()):
            files["svc/cmd.py"] = draw(grammar.programs())
    names = st.one_of(
        st.sampled_from(MODULES), st.sampled_from(METADATA), st.sampled_from([*files])
    )
    for name in draw(st.lists(names, min_size=1, max_size=5)):
        files[name] = draw(content(name, files.get(name)))
    return Project(files)


@st.composite
def content(draw: st.DrawFn, name: str, now: Content | None) -> Content:
    """Draw what a file may hold."""
    kinds = ["whole", "bytes", "helper", "deep", "long", "text"]
    kinds += ["cut"] * isinstance(now, str) + ["declared"] * 3 * (name in DECLARED)
    match draw(st.sampled_from(kinds)):
        case "whole":
            whole: Content = draw(st.sampled_from(WHOLE))
            return whole
        case "bytes":
            return draw(st.binary(max_size=60))
        case "text":
            return "".join(draw(st.lists(st.sampled_from(LONG), max_size=60)))
        case "helper":
            return draw(grammar.programs("helper"))
        case "declared":
            target = draw(st.sampled_from(TARGETS))
            return DECLARED[name].format(target)
        case "deep":
            return draw(deep())
        case "cut":
            text = str(now)
            start, end = (draw(st.integers(0, len(text))) for _ in range(2))
            return text[:start] + draw(st.sampled_from(LONG)) + text[end:]
        case _:
            return draw(long_texts())


@st.composite
def deep(draw: st.DrawFn) -> str:
    """Draw a module with expressions or blocks inside each other."""
    times = draw(st.sampled_from([20, 90, 150, 400, 1_000, 3_000, 30_000]))
    if draw(st.booleans()):
        blocks = draw(st.lists(st.sampled_from(DEEP_BLOCKS), min_size=1, max_size=3))
        count = min(times, 95)
        lines = [" " * depth + blocks[depth % len(blocks)] for depth in range(count)]
        tails = [" " * depth + "finally: pass" for depth in reversed(range(count))]
        is_try = [blocks[depth % len(blocks)] == "try:" for depth in reversed(range(count))]
        ends = [tail for tail, wanted in zip(tails, is_try, strict=True) if wanted]
        return "\n".join([*lines, " " * count + "x = serve()", *ends]) + "\n"
    before, _, after = (
        draw(st.sampled_from(DEEP)).replace("{{", "\1").replace("}}", "\2").partition("{}")
    )
    before, after = (part.replace("\1", "{").replace("\2", "}") for part in (before, after))
    name = draw(st.sampled_from(["x", "serve", "CONF", "main"]))
    value = before * times + "y" + after * times
    return draw(
        st.sampled_from(
            [
                f"{name} = {value}\n",
                f"def main(x=None):\n    {name} = {value}\n    return {name}\n",
                f"class service({value}): ...\n",
                f"@{value}\ndef main(): ...\n",
                f"def serve(x={value}): ...\n",
                f"setup(entry_points={value})\n",
            ]
        )
    )


@st.composite
def long_texts(draw: st.DrawFn) -> str:
    """Draw texts of up to a megabyte that say the same again and again."""
    unit = "".join(draw(st.lists(st.sampled_from(LONG), min_size=1, max_size=3)))
    times = draw(st.sampled_from([300, 3_000, 30_000, 300_000])) // len(unit)
    start = draw(
        st.sampled_from(["", "x = 1\n", "'''", "# ", "[a]\n", "a = '", "x = (", "[a]\nb"])
    )
    end = draw(st.sampled_from(["", "\n", "'''\n", "b\n", "'\n", ")\n", "!"]))
    words = draw(st.lists(st.sampled_from(documents.pieces().texts), max_size=2))
    return start + " ".join(words) + unit * times + end
