"""Programs that are short and mean very much: each value stands several times in the next."""

from __future__ import annotations

from hypothesis import strategies as st

from fuzz import grammar
from fuzz.project import Content, Project

HEAD = """\
import functools
import os
import sys

import eventlet

eventlet.monkey_patch()
from oslo_config import cfg
from oslo_service import service

CONF = cfg.CONF


"""

FOOT = """\
def main():
    CONF(sys.argv[1:])
    launcher = service.launch(CONF, service.Service())
{use}
    launcher.wait()


if __name__ == "__main__":
    main()
"""

FIRST = (
    "1",
    "'abcdefghij'",
    "[1, 2]",
    "(1, 2)",
    "{'x': 1, 'y': 2}",
    "os.environ['x']",
    "CONF.x",
    "functools.partial(print, 1)",
    "print",
    "lambda *args, **kwargs: args",
    "service.Service()",
    "os.path.join('a', CONF.x)",
    "__import__('os')",
    "{1, 2}",
    "b'abcdefghij'",
    "0.1",
    "object()",
)

NEXT = (
    "({0}, {0})",
    "{0} + {0}",
    "[*{0}, *{0}]",
    "{{**{0}, **{0}, 'k{n}': {0}}}",
    "{{'a': {0}, 'b': {0}}}",
    "f'{{{0}}}/{{{0}}}'",
    "'%s %s' % ({0}, {0})",
    "'{{}} {{}}'.format({0}, {0})",
    "{0} * {0}",
    "{0} ** {0}",
    "{0}[{0}]",
    "{0}({0}, {0})",
    "{0}(*{0}, *{0}, **{0})",
    "functools.partial({0}, {0}, {0})",
    "({0} if CONF.c{n} else ({0}, {n}))",
    "os.path.join({0}, {0})",
    "(lambda *b, **c: (b, c))(*{0}, *{0})",
    "(lambda: ({0}, {0}))",
    "{0}.format({0}, {0})",
    "{0}.replace({0}, {0})",
    "{0}.join([{0}, {0}])",
    "dict({0}, k{n}={0})",
    "[x for x in {0} for y in {0}]",
    "({0} or {0}) and ({0}, {0})",
    "type('T', ({0}, {0}), {{'x': {0}}})",
    "sorted({0} + {0})",
    "getattr({0}, 'x', {0})",
    "{0} == {0}",
    "({0} == ({0}, {0}), {0})",
    "{0} << {0}",
    "str({0}) + repr({0})",
    "list({0}) + list({0})",
    "tuple(zip({0}, {0}))",
    "max({0}, {0})",
    "{0}.x.x({0}.x)",
    "CONF[{0}][{0}]",
    "(yield {0}, {0})",
    "{0}[:] + {0}[1:]",
    "{0} | {0}",
    "super().run({0}, {0})",
    "[{0}, {0}, {0}, {0}]",
    "{{{0}: {0}}}",
)

STEPS = (
    # values at one place after the other
    "v = {next}\n",
    "v{n} = {next_before}\n",
    "if sys.argv[{n}]:\n    v = {next}\n",
    "if sys.argv:\n    v{n} = {next_before}\nelse:\n    v{n} = v{before}\n",
    "for v in {next}:\n    v = {next}\n",
    "try:\n    v = {next}\nexcept Exception as w:\n    v = w\n",
    "with {next} as v:\n    pass\n",
    "v.x{n} = {next}\n",
    "v, *w = {next}, {next}\n",
    "v += {next}\n",
    "match v:\n    case [v, *w]:\n        v = {next}\n",
    "def v{n}(x=None, *y, **z):\n    v = v{before}\n    return {next}\n",
    "def v{n}(x=v{before}):\n    return x(x), x(x)\n",
    "def v{n}(v):\n    v{before}({next})\n    return v{before}({next})\n",
    "async def v{n}(v):\n    await v{before}({next})\n    return await v{before}({next})\n",
    "class V{n}:\n    v = V{before}.v\n    v = {next}\n",
    "class V{n}(V{before}):\n    def v(self):\n        v = super().v()\n        return {next}\n",
    "class V{n}(V{before}, W{before}): ...\nclass W{n}(V{n}, W{before}): ...\n",
    "class V{n}:\n    def run(self):\n        v = w{before}.v\n        self.v = {next}\n"
    "w{n} = V{n}()\n",
    "class V{n}:\n    @property\n    def v(self):\n        v = V{before}().v\n"
    "        return {next}\n",
    "class V{n}:\n    def __getattr__(self, name):\n        v = getattr(V{before}(), name)\n"
    "        return {next}\n",
    "def d{n}(f):\n    def v(*x):\n        return f(*x), f(*x)\n    return v\n"
    "@d{n}\n@d{before}\ndef v{n}():\n    v{before}()\n",
    "v = (lambda v: lambda *w: {next})(v)\n",
    "import svc.m{n} as v{n}\nfrom svc.m{n} import *\n",
    "setattr(v, 'x{n}', {next})\nv = v.x{n}\n",
    "global v{n}\nv{n} = {next}\n",
    "v = {next}\nv({next})\n",
)

USES = (
    "v",
    "print({0})",
    "open({0})",
    "{0}({0})",
    "{0}.run()",
    "CONF.import_opt({0}, {0})",
    "CONF.register_opt(cfg.StrOpt('password', default={0}))",
    "__import__({0})",
    "eventlet.monkey_patch(**{0})",
    "service.launch(CONF, {0})",
    "os.chmod({0}, {0})",
    "sys.path.insert(0, {0})",
    "exec({0})",
    "raise {0}",
    "sys.exit({0})",
    "for x in {0}: x()",
    "with {0} as x: x.run()",
    "setattr(os, {0}, {0})",
    "[x() for x in {0}]",
    "{0}.v.v.v()",
    "os.environ[{0}] = {0}",
    "{0} == {0} == ({0}, {0})",
    "'%s' % {0} + f'{{{0}}}'",
)


PLACES = ("module", "function", "method", "helper")
"""Where the values stand."""


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a launcher in which something stands twice in the next of its kind, many times."""
    times = draw(st.sampled_from([3, 18, 30, 60, 200, 700]))
    step = draw(st.sampled_from(STEPS))
    inner = draw(st.one_of(st.sampled_from(NEXT), _drawn()))
    first = draw(st.sampled_from(FIRST))
    place = draw(st.sampled_from(PLACES))
    return doubled(step, inner, first, times, place, draw(st.sampled_from(USES)))


def doubled(step: str, inner: str, first: str, times: int, place: str, use: str) -> Project:
    """Return a launcher in which something stands twice in the next of its kind.

    :param step: one of ``STEPS``.
    :param inner: how a value stands in the next: one of ``NEXT``.
    :param first: the first value.
    :param times: how often.
    :param place: one of ``PLACES``.
    :param use: what is done with the last value: one of ``USES``.
    """
    body = _first(first) + "".join(_step(step, inner, n) for n in range(1, times))
    last = f"v{times - 1}" if "v{n}" in step else f"V{times - 1}" if "V{n}" in step else "v"
    use = use.format(last)
    files: dict[str, Content] = {"svc/__init__.py": ""}
    if place == "module":
        text = HEAD + body + FOOT.format(use=_indented(use))
    elif place == "function":
        text = HEAD + FOOT.format(use=_indented(body + use))
    elif place == "method":
        method = "class Service:\n    def run(self, v=None):\n" + _indented(_indented(body + use))
        text = f"{HEAD}{method}\n\n\n{FOOT.format(use='    Service().run()')}"
    else:
        files["svc/chain.py"] = HEAD + body
        text = HEAD + FOOT.format(use=_indented(f"from svc.chain import {last}, v\n{use}"))
    if "import" in step:
        for n in range(times):
            files[f"svc/m{n}.py"] = f"from svc.m{n + 1} import *\nimport svc.m{n + 2}\n" * 2
    return Project(files | {"svc/cmd.py": text})


def _drawn() -> st.SearchStrategy[str]:
    """Return expressions of the grammar whose names all stand for the value before."""
    given = {**grammar.words(), "name": st.just("{0}"), "dotted": st.just("{0}")}

    @st.composite
    def drawn(draw: st.DrawFn) -> str:
        text = grammar.expand(draw, "expression", given, depth=2)
        escaped = text.replace("{", "{{").replace("}", "}}")
        return "(" + escaped.replace("{{0}}", "{0}").replace(" := ", " == ") + ")"

    return drawn()


def _first(value: str) -> str:
    return (
        f"v = v0 = w = {value}\nclass V0:\n    v = v0\nclass W0: ...\nw0 = V0()\n"
        "def d0(f):\n    return f\n"
    )


def _step(step: str, inner: str, n: int) -> str:
    return step.format(
        n=n,
        before=n - 1,
        next=inner.format("v", n=n),
        next_before=inner.format(f"v{n - 1}", n=n),
    )


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())
