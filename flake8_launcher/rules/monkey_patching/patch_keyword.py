"""LS204."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, patchers
from flake8_launcher.knowledge.patching import PatchTable
from flake8_launcher.launch import Call, Launcher, Role
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, enumerated

_PATCHERS = ("eventlet.", "gevent.monkey.")
"""What the names of patchers begin with whose signatures the tables hold."""

_AS_WELL = frozenset({"Event", "subprocess", "thread"})
"""Keywords that say of what is patched as well: gevent 1.0 had the first two off."""


class PatchKeyword(Rule):
    """A keyword of a patch does not exist, or does not do what it looks like.

    ## What it does

    Reports keywords that the patcher does not have, keywords of `gevent.monkey.patch_all` that
    are all true (they change nothing: everything is patched), but for those by which people say
    that something is patched as well (`thread=True`, and `subprocess=True` and `Event=True`, which
    old releases had off), and calls of `eventlet.monkey_patch` whose keywords are all false (what
    they do not name is patched all the same).

    ## Why

    `gevent.monkey.patch_all` ignores a keyword that it does not know, so that
    `patch_all(threads=False)` patches threads; `eventlet.monkey_patch` raises `TypeError`. And
    the two mean opposite things by `socket=True`: only sockets (eventlet), or everything (gevent).

    ## Example

    ```python
    from gevent import monkey

    monkey.patch_all(socket=True)

    from gevent.pywsgi import WSGIServer


    def main():
        WSGIServer(("127.0.0.1", 8080), application).serve_forever()
    ```

    ## Use instead

    ```python
    from gevent import monkey

    monkey.patch_all()

    from gevent.pywsgi import WSGIServer


    def main():
        WSGIServer(("127.0.0.1", 8080), application).serve_forever()
    ```

    ## When to ignore it

    Hardly ever: the keyword does nothing, and can go. Where one line has to serve several
    versions of the patcher, a comment says so.

    ## References

    - [gevent.monkey](https://www.gevent.org/api/gevent.monkey.html)
    - [eventlet: monkey patching](https://eventlet.readthedocs.io/en/latest/patching.html)
    """

    code = "LS204"
    name = "patch-keyword"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (628,)

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call with such keywords."""
        for _, step in launcher.calling(Role.PATCH):
            name = canonical(step.name)
            patcher = patchers.patcher_of(name) if name.startswith(_PATCHERS) else None
            if step.place or patcher is None:
                continue
            table = patcher.table
            text = _text(step, table) if table else None
            if text:
                yield Violation(step.line, step.column, text)


def _text(step: Call, table: PatchTable) -> str | None:
    given = step.keywords
    unknown = [name for name in given if not table.knows(name)]
    if unknown:
        them = "them" if len(unknown) > 1 else "it"
        result = f"ignores {them}" if table.lenient else "raises TypeError"
        some = "keywords" if len(unknown) > 1 else "keyword"
        return f"{step.name} has no {some} {enumerated(unknown)}, and {result}"
    if not given or not step.has_plain_keywords:
        return None
    named = [name for name in given if table.keywords.get(name)]
    is_misread = table.lenient and not _AS_WELL.issuperset(given) and len(named) == len(given)
    if is_misread and all(given[name] is True for name in named):
        return f"{step.name} patches everything, not only {enumerated(named)}"
    choices = table.choices & table.keywords.keys()
    usual = {name for name in choices if table.keywords[name]}
    if table.only_named and usual <= {name for name, value in given.items() if value is False}:
        return f"{step.name} does not undo a patch; with every keyword false it patches nothing"
    return None
