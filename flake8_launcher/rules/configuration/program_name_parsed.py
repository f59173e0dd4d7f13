"""LS309."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import Call, Launcher, LaunchPath, Step, Store
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step

_ARGUMENTS = "sys.argv"
_ARGPARSE = deferred(r"^argparse\.ArgumentParser\(\)\.parse_(?:intermixed_)?args$")
_GETOPT = "getopt.getopt"
_OPTIONS = deferred(r"^oslo[._]config\.cfg\.(?:CONF|ConfigOpts\(\))$")
_REMOVES = deferred(r"^sys\.argv\.(?:pop|remove|clear)$")
_ADDS = deferred(r"\.add_(?:argument|subparsers|mutually_exclusive_group|argument_group)$")
_ADDS_ARGUMENT = ".add_argument"
_PROGRAM = deferred(r"prog|script|exe|argv|self|ignor|dummy|unused|^_|name|command|cmd")
"""Names of an argument that may be there for the program's own name."""

_AT_MOST_ONE = "?"
"""The ``nargs`` of an argument that takes the first that is left, as one without ``nargs``."""


class ProgramNameParsed(Rule):
    """The name of the program is parsed as if it were an argument.

    ## What it does

    Reports a call on the launch path that parses the whole `sys.argv`, also by way of a function
    of the project that does not cut the first element off: of an oslo.config object, of
    `argparse` where no positional argument is made for the name, and of `getopt.getopt`.

    ## Why

    Parsers that are given a list expect the arguments alone. oslo.config and argparse end with
    "unrecognized arguments: /usr/bin/orchard-api" and status 2. `getopt.getopt` stops at the first
    word that is no option: every option of the command line is ignored. A positional argument of
    argparse takes the name, and what the user has given for it is unrecognized.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF


    def main():
        CONF(sys.argv, project="orchard")
        service.launch(CONF, Service()).wait()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF


    def main():
        CONF(sys.argv[1:], project="orchard")
        service.launch(CONF, Service()).wait()
    ```

    ## When to ignore it

    Where the first argument is a command that the parser expects, as behind a wrapper that
    cuts the name off before.

    ## References

    - [`parse_args` in the documentation of
      argparse](https://docs.python.org/3/library/argparse.html#argparse.ArgumentParser.parse_args)
    - [`getopt` in the documentation of
      Python](https://docs.python.org/3/library/getopt.html#getopt.getopt)
    """

    code = "LS309"
    name = "program-name-parsed"
    since = "0.1.0"
    severity = Severity.LOW
    weaknesses = ()

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each such call."""
        yield from once_a_step(
            (step, f"is given the program's name as an argument: {what}")
            for path in launcher.launches
            for step, what in _parses(path)
        )


def _parses(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that parse the program's name, and what comes of it."""
    for index, step in enumerate(path.steps):
        if _REMOVES.search(step.name):
            return
        if isinstance(step, Store) and step.name in (_ARGUMENTS, f"{_ARGUMENTS}[]"):
            return
        if not isinstance(step, Call) or step.seen:
            continue
        argument = step.argument(0, "args")
        if argument is None or argument.names != (_ARGUMENTS,):
            continue
        name = canonical(step.name)
        if name == _GETOPT and step.arguments[1:] and step.arguments[1].literal != "":
            yield step, "it stops there, and no option is read"
        elif _ARGPARSE.match(name):
            taker = _taker(path.steps[:index])
            if taker is None:
                yield step, 'it exits with status 2 and "unrecognized arguments"'
            elif taker:
                yield step, f"{veiled(taker)} is that name then"
        elif _OPTIONS.match(step.name):
            yield step, 'it exits with status 2 and "unrecognized arguments"'


def _taker(before: Sequence[Step]) -> str | None:
    """Return the positional argument that takes the program's name, and is for something else.

    :returns: none where there is no positional argument, and an empty text where it may be made
        for that name.
    """
    for step in before:
        if not isinstance(step, Call) or not _ADDS.search(step.name):
            continue
        first = next((one for one in step.arguments if one.keyword is None), None)
        if first is None or first.text is None:
            return ""
        if not first.text.startswith("-"):
            takes_one = step.keywords.get("nargs", _AT_MOST_ONE) == _AT_MOST_ONE
            is_free = not takes_one or _PROGRAM.search(first.text) is not None
            return "" if is_free or not step.name.endswith(_ADDS_ARGUMENT) else first.text
    return None
