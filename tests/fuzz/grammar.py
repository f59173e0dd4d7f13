"""Programs from a grammar: launchers, and what nobody would write.

A form is a text with the names of others in braces. What takes the place of a name that is
indented is indented alike. The first form of each is simple: there the choice ends, and failing
programs become small by it.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from fuzz import documents

Forms = Mapping[str, Sequence[str]]

NAMES = (
    "x y self CONF cfg app main run serve service launcher server start stop argv config options "
    "logger LOG args kwargs parser settings loop Server Service Worker handler __name__ _"
).split()

ATTRIBUTES = (
    "run serve wait start stop launch CONF import_opt import_group register_opt register_opts "
    "register_cli_opts monkey_patch patch_all read get format join items append copy split "
    "password args __class__ __dict__ __init__ __call__ __enter__ __getattr__ name value x y"
).split()

KEYWORDS = (
    "workers name host port default secret group os thread socket select target args key dest "
    "type factory module exist_ok mode required x y"
).split()

FORMS: Forms = {
    "literal": [
        "None",
        "0",
        "''",
        "True",
        "1.5",
        "{text}",
        "b'x'",
        "...",
        "()",
        "[]",
        "{{}}",
        "1j",
        "'__main__'",
        "10 ** 10 ** 10",
        "1 << 10 ** 10",
        "0x{big}",
        "-1",
        "'%s %(a)s %99999999d %'",
        "'{{}} {{0.__class__}} {{:>99999999}} {{!r:{{}}}} {{'",
    ],
    "expression": [
        "{name}",
        "{literal}",
        "{dotted}",
        "{dotted}({arguments})",
        "{expression}({arguments})",
        "{expression}.{attribute}",
        "{expression}.{attribute}({arguments})",
        "{expression}[{expression}]",
        "{expression}[{expression}:{expression}]",
        "({expression} if {expression} else {expression})",
        "({expression} {operator} {expression})",
        "(not {expression})",
        "(-{expression})",
        "(lambda {name}={expression}, *args, **kwargs: {expression})",
        "(lambda: {expression})",
        "({name} := {expression})",
        "[{expression} for {name} in {expression} if {expression}]",
        "{{{expression}: {expression} for x, y in {expression}}}",
        "({expression} for {name} in {expression})",
        "[{expression}, *{expression}]",
        "({expression}, {expression})",
        "{{'a': {expression}, **{expression}}}",
        "{{{expression}, {expression}}}",
        'f"{{{expression}!r:>{{{name}}}}} {{{name}}}"',
        "getattr({expression}, {text}, {expression})",
        "setattr({expression}, {text}, {expression})",
        "super().{attribute}({arguments})",
        "type({text}, ({expression},), {{'run': {expression}}})",
        "functools.partial({expression}, {arguments})",
        "{expression} % {expression}",
        "{text}.format({arguments})",
        "{text}.join({expression})",
        "map({expression}, {expression})",
        "dict({arguments})",
        "__import__({expression})",
        "(await {expression})",
        "(yield {expression})",
        "(yield from {expression})",
    ],
    "operator": ["+", "*", "%", "/", "==", "and", "or", "in", "|", "**", "<<", "is", "@", "<"],
    "arguments": [
        "",
        "{expression}",
        "{expression}, {expression}",
        "{keyword}={expression}",
        "{expression}, {keyword}={expression}",
        "*{expression}",
        "**{expression}",
        "*{expression}, *{expression}, **{expression}",
    ],
    "target": [
        "{name}",
        "self.{attribute}",
        "{dotted}",
        "{expression}.{attribute}",
        "{name}, *{name}",
        "{name}[{expression}]",
        "os.environ[{text}]",
    ],
    "statement": [
        "pass",
        "{expression}",
        "{target} = {expression}",
        "{target} = {name} = {expression}",
        "{name}: {expression} = {expression}",
        "{name} += {expression}",
        "import {module}",
        "import {module} as {name}",
        "from {module} import {attribute} as {name}",
        "from {module} import *",
        "from . import {name}",
        "from .{name} import *",
        "{imported}",
        "return {expression}",
        "raise {expression}",
        "raise",
        "assert {expression}, {expression}",
        "global {name}",
        "del {target}",
        "break",
        "continue",
        "return",
    ],
    "block": [
        "{statement}",
        "{statement}\n{statement}",
        "{statement}\n{block}",
        "if {expression}:\n    {block}\nelse:\n    {block}",
        "if {expression}:\n    {block}\nelif {expression}:\n    {block}",
        "if __name__ == '__main__':\n    {block}",
        "if TYPE_CHECKING:\n    {block}",
        "while True:\n    {block}",
        "while {expression}:\n    {block}",
        "for {name} in {expression}:\n    {block}\nelse:\n    {block}",
        "with {expression} as {name}, {expression}:\n    {block}",
        "try:\n    {block}\nexcept {expression}:\n    {block}",
        "try:\n    {block}\nexcept ({expression}, {expression}) as {name}:\n    {block}\nelse:\n"
        "    {block}\nfinally:\n    {block}",
        "try:\n    {block}\nexcept ImportError:\n    {block}",
        "try:\n    {block}\nfinally:\n    {block}",
        "try:\n    {block}\nexcept:\n    {block}",
        "def {name}({parameters}):\n    {block}",
        "@{expression}\ndef {name}({parameters}):\n    {block}",
        "async def {name}({parameters}):\n    {block}",
        "async def {name}({parameters}):\n    async with {expression} as {name}:\n        {block}",
        "async def {name}():\n    async for {name} in {expression}:\n        {block}",
        "class {name}({arguments}):\n    {block}",
        "class {name}({dotted}):\n    def {attribute}({parameters}):\n        {block}",
        "@{dotted}({arguments})\nclass {name}:\n    {name}: {expression} = {expression}",
        "class {name}(metaclass={expression}):\n    x = {expression}\n    {block}",
        "@property\ndef {attribute}(self):\n    {block}",
        "@contextlib.contextmanager\ndef {name}({parameters}):\n    {block}\n"
        "    yield {expression}",
        "match {expression}:\n    case {{'x': {name}, **y}} if {expression}:\n        {block}\n"
        "    case [{name}, *_] | {dotted}():\n        {block}\n    case _:\n        {block}",
        "def {name}(f):\n    def inner(*args, **kwargs):\n        {block}\n"
        "        return f(*args, **kwargs)\n    return inner",
        "def {name}():\n    nonlocal_ = {expression}\n    def run():\n        nonlocal nonlocal_\n"
        "        {block}\n    return run",
    ],
    "parameters": [
        "",
        "self",
        "self, *args, **kwargs",
        "{name}={expression}",
        "argv: {expression} = {expression}",
        "x, /, y, *, workers={expression}",
    ],
    "launch": [
        "eventlet.monkey_patch()",
        "eventlet.monkey_patch({keyword}={expression})",
        "gevent.monkey.patch_all({keyword}={expression})",
        "CONF(sys.argv[1:], project={text})",
        "CONF({arguments})",
        "CONF.register_opts([cfg.StrOpt({text}, default={expression}, secret={expression})])",
        "CONF.register_cli_opt(cfg.IntOpt({arguments}), group={expression})",
        "CONF.import_opt({expression}, {expression})",
        "CONF.import_group({arguments})",
        "importlib.import_module({expression})",
        "logging.info({expression}, CONF.{attribute})",
        "print({expression}, os.environ)",
        "os.chmod({expression}, {expression})",
        "yaml.load(open({expression}))",
        "configparser.ConfigParser().read({expression})",
        "sys.path.insert(0, {expression})",
        "ssl.{attribute} = {expression}",
        "os.environ[{text}] = {expression}",
        "threading.Thread(target={expression}, {arguments}).start()",
        "signal.signal(signal.SIGTERM, {expression})",
        "launcher = service.launch(CONF, {expression})",
        "launcher.wait()",
        "uvicorn.run({arguments})",
        "sys.exit({expression})",
        "asyncio.run({expression})",
        "{dotted}({arguments})",
        "{block}",
    ],
    "launches": ["{launch}", "{launch}\n{launch}", "{launch}\n{launches}", "{launch}\n{launches}"],
    "program": [
        "{head}\n\n\ndef main({parameters}):\n    {launches}\n    uvicorn.run({expression})\n\n\n"
        "if __name__ == '__main__':\n    sys.exit(main())",
        "{head}\n{block}\n\n\ndef main(argv=None):\n    {launches}\n    launcher.wait()\n\n\n"
        "{block}\n\n\nif __name__ == '__main__':\n    main()",
        "{head}\n{block}\n{block}\n\n\nclass Server({expression}):\n    x = {expression}\n\n"
        "    def __init__(self, {parameters}):\n        {block}\n\n    def run(self):\n"
        "        {launches}\n        self.serve()\n\n    def serve(self):\n"
        "        uvicorn.run(self.{attribute})\n\n\ndef main():\n    try:\n        {launches}\n"
        "        Server({arguments}).run()\n    except {expression} as x:\n        {block}\n\n\n"
        "if __name__ == '__main__':\n    main()",
        "{head}\n{launches}\n{block}\n{block}\nwhile True:\n    {launches}",
        "{head}\n\n@click.command()\n@click.option({text}, default={expression})\ndef run(x):\n"
        "    {launches}\n    web.run_app({expression})\n\n{block}",
    ],
    "head": [
        "import contextlib, functools, importlib, logging, os, signal, ssl, sys, threading\n"
        "import asyncio, click, configparser, eventlet, gevent.monkey, uvicorn, yaml\n"
        "from aiohttp import web\nfrom oslo_config import cfg\nfrom oslo_service import service\n"
        "from typing import TYPE_CHECKING\n\nfrom svc import other\nfrom svc.other import *\n\n"
        "CONF = cfg.CONF",
        "from __future__ import annotations\nimport eventlet\n{imported}\n{imported}\n"
        "eventlet.monkey_patch({arguments})\nimport sys, uvicorn\n{imported}\nCONF = {expression}",
        "try:\n    {imported}\nexcept ImportError:\n    {block}\nimport sys, os, uvicorn\n{head}",
    ],
    "helper": ["{block}", "{block}\n{block}", "{imported}\n{block}\n{helper}", "{launches}"],
}
"""What stands between braces is another form, or a word that is drawn."""

_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_DEPTH = 7
"""How many forms may stand inside each other before the first is taken."""
_NARROW = 4
"""From which depth on the simpler half is taken."""

HOSTILE_TEXTS = (
    "\x1b[31mred\n::error::x",
    "\ud800",
    "\u202eevil",
    "/tmp/\x07.yaml",
    "x" * 3_000,
    "a.b.c.d" * 50,
    "%s" * 40,
    "http://user:hunter2@host/",
    "\0",
    "svc.other",
    "password",
    ".",
    "..",
    "",
    "svc.\x85other\u2028",
)


@st.composite
def programs(draw: st.DrawFn, start: str = "program") -> str:
    """Draw programs; a form other than ``program`` gives parts of them.

    What this Python cannot parse may come out: then it is what the project has on its disk.
    """
    return expand(draw, start, words()) + "\n"


def words() -> dict[str, st.SearchStrategy[str]]:
    """Return what the words are drawn from."""
    dotted = st.sampled_from(documents.pieces().dotted)
    texts = st.one_of(
        st.sampled_from(documents.pieces().texts),
        st.sampled_from(HOSTILE_TEXTS),
        st.text(max_size=5),
    )
    return {
        "name": st.sampled_from(NAMES),
        "attribute": st.sampled_from(ATTRIBUTES),
        "keyword": st.sampled_from(KEYWORDS),
        "dotted": dotted,
        "module": dotted.map(lambda name: name.rpartition(".")[0]),
        "imported": dotted.map(lambda name: "from {0} import {2}".format(*name.rpartition("."))),
        "text": texts.map(ascii),
        "big": st.integers(1, 5_000).map("f".__mul__),
    }


def expand(
    draw: st.DrawFn, start: str, given: Mapping[str, st.SearchStrategy[str]], depth: int = 0
) -> str:
    """Draw a form, and what takes the places in it."""
    if start in given:
        return draw(given[start])
    forms = FORMS[start]
    if depth >= _DEPTH:
        forms = forms[:1]
    elif depth >= _NARROW:
        forms = forms[: len(forms) // 2 + 1]
    form = draw(st.sampled_from(forms))
    parts: list[str] = []
    end = 0
    for place in _PLACE.finditer(form):
        parts.append(form[end : place.start()])
        end = place.end()
        if place[1] is None:
            parts.append(place[0][0])
            continue
        inner = expand(draw, place[1], given, depth + 1)
        line = "".join(parts).rpartition("\n")[2]
        if "\n" in inner and not line.strip():
            inner = textwrap.indent(inner, line).removeprefix(line)
        parts.append(inner)
    return "".join([*parts, form[end:]])


def is_valid(text: str) -> bool:
    """Tell whether this Python can parse a text."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
