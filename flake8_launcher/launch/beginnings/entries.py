"""Where the launch paths of a module begin."""

from __future__ import annotations

import ast
import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from flake8_launcher.gate import metadata, place, words
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Module

MAIN_BLOCK = "__main__"
MODULE_LEVEL = ""
_MAX_ENTRIES = 24

_NAME = deferred(r"[^\W\d]\w*")
_READ = deferred(r"(?<![\w.])[^\W\d]\w*")
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, *syntax.TRY)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

_MAIN_TEXT = r"(?!\w*\W)(?:\w*_)?main(?:_\w+)?"
_MAIN = deferred(_MAIN_TEXT)
"""Names of main functions."""
_STARTABLE = deferred(rf"_*(?:main|cli|run|start|serve|launch|app)_*|{_MAIN_TEXT}")
"""Names of functions that are made to be started."""
_COMMAND_LINE = frozenset({"argv", "args", "arguments", "arg", "sys_argv", "options", "opts"})
"""Names of parameters that the command line fills."""
_DJANGO_COMMAND = ("Command", "handle")
"""What Django runs of the module of a management command."""
_DJANGO_BASES = frozenset({"AppCommand", "BaseCommand", "LabelCommand", "NoArgsCommand", "object"})
"""What Django gives such a class to derive from."""
_COMMAND_METHODS = {
    "cement": deferred("$^"),
    "cleo": deferred("handle"),
    "cliff": deferred("take_action"),
    "flask_script": deferred("run"),
    "kernelci": deferred("__call__"),
    "plumbum": deferred("main"),
}
"""By the package that a command is a class of: the methods that its command line runs."""
_COMMAND_DECORATORS = frozenset({"ex", "expose"})
"""What else makes a command of a method, in cement."""
_COMMAND_DECORATOR = deferred(
    r"(?:\w+_)?(?:command|cli|entry_?point)|cli_\w+|group|callback|main|argument|option"
)
"""What makes a command of a function, as click and its kin do."""
_COROUTINES = deferred(r"coroutine|inlineCallbacks$|engine$")
"""Names of decorators that make coroutines of generators."""
_TRIES = deferred(r"(?:^|_)(?:demo|(?:self_?)?tests?)(?:_|$)")
"""Names of functions that test a module, or show what it does."""
_OF_TESTS = deferred(r"_*(?:[tT]est|TEST)|Demo(?![a-z])|demo_")
"""What the names of functions and classes begin with that do the same."""
_NOT_STARTED = deferred(r"test_|_?test$|pytest_")


class Entry(NamedTuple):
    """One place where a launch path begins.

    :ivar name: the entry function's name in the module, or :data:`MAIN_BLOCK`, or
        :data:`MODULE_LEVEL` for a module that serves as soon as it is run or imported.
    :ivar served: whether a server outside calls it, or loads the module for it, so that it need
        not reach a serve call of its own.
    :ivar certain: whether the metadata, its name, its place or a command line tells that a process
        begins here; any other function begins one only if it serves itself.
    :ivar declared: whether the metadata declares it as a script that is no part of a server.
    :ivar is_script: whether the block that runs as a script does nothing but call it as such a
        script does: both are one launch.
    :ivar is_command: whether it is a command of a command line.
    """

    name: str
    served: bool = False
    certain: bool = True
    declared: bool = False
    is_script: bool = False
    is_command: bool = False


def find(
    tree: ast.Module,
    text: str,
    path: str,
    declared: Mapping[str, Iterable[str]],
    added: Iterable[str],
    is_test: bool = False,
    served: Iterable[str] = (),
) -> list[Entry]:
    """Return the places where a launch path of a module may begin.

    :param tree: the module's syntax tree.
    :param text: its text.
    :param path: its absolute path.
    :param declared: the project's scripts, by group.
    :param added: entry points that the user names.
    :param is_test: whether it belongs to tests, whose functions start what they test.
    :param served: what a server that loads the module runs of it.
    """
    script = words.is_script(path)
    calls = script or words.only_calls(text)
    runs = calls or words.runs_event_loop(text) or words.runs_main(text)
    runs = runs or words.starts_thread(text)
    entries = {MODULE_LEVEL: Entry(MODULE_LEVEL, certain=runs)}
    loaded = [target for group in metadata.LOADED for target in declared.get(group, ())]
    for function in (*served, *metadata.functions_of(path, loaded)):
        entries[function] = Entry(function, served=True)
    named = [target for group in metadata.SERVING for target in declared.get(group, ())]
    for function in metadata.functions_of(path, named):
        entries.setdefault(function, Entry(function, declared=True))
    for function in metadata.functions_of(path, added):
        entries.setdefault(function, Entry(function))
    guarded = syntax.statements(tree.body) if "__main__" in text else ()
    blocks = list(filter(syntax.is_main_block, guarded))
    if blocks and not all(map(_only_tries, blocks)):
        entries.setdefault(MAIN_BLOCK, Entry(MAIN_BLOCK))
    handle = ".".join(_DJANGO_COMMAND)
    if place.is_command(path) and _derives(tree, *_DJANGO_COMMAND):
        entries.setdefault(handle, Entry(handle, is_command=True))
    begin = {name for name, entry in entries.items() if name or entry.served}
    if place.is_command(path) and _has_method(tree, *_DJANGO_COMMAND):
        # most commands do one thing and end
        entries.setdefault(handle, Entry(handle, is_command=True))
    for name in _methods_of_commands(tree, text):
        entries.setdefault(name, Entry(name, is_command=True))
    if is_test and not script and len(entries) == 1:
        return []
    outline = _Outline(tree, text)
    startable = [] if is_test else [
        name for name in outline.startable() if name not in entries and not outline.is_group(name)
    ]
    certain = {
        name for name in startable if _STARTABLE.fullmatch(name) or outline.is_command(name)
    }
    others = [name for name in startable if name not in certain]
    serving = outline.reaching([*entries, *certain], words.leading(path, text))
    commands = [name for name, entry in entries.items() if entry.is_command]
    commands += filter(outline.is_command, certain)
    serving |= outline.reaching(commands, words.starts_something)
    serving |= outline.reaching(others, words.serving(path, text))
    calls = calls or words.calls_main(text)
    begins = [
        entry
        for name, entry in entries.items()
        if name in serving or name in begin or (entry.certain and calls)
    ]
    for name in startable:
        if name in serving and (not outline.uses(name) or outline.is_command(name)):
            begins.append(
                Entry(name, certain=name in certain, is_command=outline.is_command(name))
            )
    called = _called_as_script(tree)
    if any(entry.name == called and entry.declared for entry in begins):
        begins = [
            entry._replace(is_script=entry.name == called)
            for entry in begins
            if entry.name != MAIN_BLOCK
        ]
    return begins[:_MAX_ENTRIES]


def _only_tries(block: ast.stmt) -> bool:
    """Tell whether the block for scripts does no more than test the module.

    It calls what does so, or defines it there.
    """
    body = block.body if isinstance(block, ast.If) else []
    defined = (one.name for one in body if isinstance(one, _DEFINITIONS))
    if any(map(_OF_TESTS.match, defined)):
        return True
    calls = [
        statement.value
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    ]
    return (
        bool(calls)
        and all(_TRIES.search(syntax.called(call)) for call in calls)
        and not any(isinstance(statement, _COMPOUND) for statement in body)
    )


def _called_as_script(tree: ast.Module) -> str:
    """Return the function that the block for scripts calls as a declared script does, if it does.

    That exits with what the function returns; where it does not, it returns nothing.
    """
    blocks = [statement for statement in tree.body if syntax.is_main_block(statement)]
    match blocks:
        case [ast.If(body=[ast.Expr(ast.Call(ast.Name(name), [], []))], orelse=[])]:
            functions = [
                one
                for one in tree.body
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name == name
            ]
            return name if functions and not any(map(_returns, functions)) else ""
        case [
            ast.If(
                body=[
                    ast.Expr(
                        ast.Call(
                            ast.Attribute(ast.Name("sys"), "exit"),
                            [ast.Call(ast.Name(name), [], [])],
                            [],
                        )
                    )
                    | ast.Raise(
                        ast.Call(ast.Name("SystemExit"), [ast.Call(ast.Name(name), [], [])], [])
                    )
                ],
                orelse=[],
            )
        ]:
            return name
    return ""


def _returns(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function may return a value."""
    nodes = syntax.statements(function.body)
    is_async = isinstance(function, ast.AsyncFunctionDef)
    return is_async or any(isinstance(one, ast.Return) and one.value for one in nodes)


def _has_method(tree: ast.Module, cls: str, name: str) -> bool:
    """Tell whether a class of the top level has a method of its own."""
    return any(
        isinstance(member, ast.FunctionDef) and member.name == name
        for statement in tree.body
        if isinstance(statement, ast.ClassDef) and statement.name == cls
        for member in statement.body
    )


def _derives(tree: ast.Module, cls: str, name: str) -> bool:
    """Tell whether a class has a method from a class of the project, as far as names tell."""
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef) and statement.name == cls:
            bases = set(map(syntax.last_name, statement.bases))
            return bool(bases - _DJANGO_BASES) and not _has_method(tree, cls, name)
    return False


def line_of(tree: ast.Module, name: str) -> int:
    """Return the line of an entry function; of what is not found, and the top level, the first."""
    wanted, _, member = name.partition(".")
    for statement in syntax.statements(tree.body):
        if name == MAIN_BLOCK and syntax.is_main_block(statement):
            return statement.lineno
        if isinstance(statement, _DEFINITIONS) and statement.name == wanted:
            inner = statement.body if member and isinstance(statement, ast.ClassDef) else ()
            found = (one for one in inner if isinstance(one, _DEFINITIONS) and one.name == member)
            return next(found, statement).lineno
    return 1


def _methods_of_commands(tree: ast.Module, text: str) -> Iterator[str]:
    """Yield the methods that command lines run which make a command of a class."""
    packages = [package for package in _COMMAND_METHODS if package in text]
    if not packages:
        return
    imported = {
        name.partition(".")[0]
        for statement in tree.body
        for name in (
            [statement.module or ""]
            if isinstance(statement, ast.ImportFrom)
            else [alias.name for alias in getattr(statement, "names", ())]
            if isinstance(statement, ast.Import)
            else []
        )
    }
    patterns = [_COMMAND_METHODS[package] for package in packages if package in imported]
    for statement in tree.body if patterns else ():
        for member in statement.body if isinstance(statement, ast.ClassDef) else ():
            if isinstance(member, ast.FunctionDef) and (
                any(pattern.fullmatch(member.name) for pattern in patterns)
                or any(_decorates(one) in _COMMAND_DECORATORS for one in member.decorator_list)
            ):
                yield f"{getattr(statement, 'name', '')}.{member.name}"


def is_start(name: str) -> bool:
    """Tell whether a qualified name is that of a function which is made to be started."""
    return _STARTABLE.fullmatch(name.rpartition(".")[2]) is not None


def is_main(name: str) -> bool:
    """Tell whether a function, or block, is a main one by its name."""
    return _MAIN.fullmatch(name) is not None


def functions(module: Module) -> Iterator[tuple[str, str]]:
    """Yield the functions of a module's top level and of its classes, with their texts."""
    lines = module.lines
    for statement in syntax.statements(module.tree.body):
        members = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        prefix = f"{statement.name}." if isinstance(statement, ast.ClassDef) else ""
        for member in members:
            if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
                text = "\n".join(lines[member.lineno - 1 : member.end_lineno])
                yield prefix + member.name, text


class _Outline:
    """The definitions of a module's top level, as far as their text tells what they use."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._tree = tree
        self._first_lines = [_first_line(statement) for statement in tree.body]
        self._lines = modules.split_lines(text)
        self._names_in: dict[ast.stmt, frozenset[str]] = {}
        self._nodes: dict[str, list[ast.stmt]] = {MODULE_LEVEL: [], MAIN_BLOCK: []}
        self._functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        for statement in tree.body:
            if syntax.is_main_block(statement):
                self._nodes[MAIN_BLOCK].append(statement)
            elif isinstance(statement, _DEFINITIONS):
                self._define(statement)
            elif not isinstance(statement, ast.Import | ast.ImportFrom):
                self._nodes[MODULE_LEVEL].append(statement)
                if isinstance(statement, _COMPOUND):
                    for inner in syntax.statements([statement]):
                        if isinstance(inner, _DEFINITIONS):
                            self._define(inner)

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self._nodes.setdefault(node.name, []).append(node)
        if not isinstance(node, ast.ClassDef):
            self._functions[node.name] = node

    def startable(self) -> Iterator[str]:
        """Yield the functions that can be the start of a process."""
        return (name for name, node in self._functions.items() if _is_startable(node))

    def is_group(self, name: str) -> bool:
        """Tell whether a function only makes a group of some class: whoever calls it starts."""
        function = self._functions[name]
        works = any(isinstance(node, ast.Call) for one in function.body for node in ast.walk(one))
        return not works and any(_classes_of_commands(function))

    def is_command(self, name: str) -> bool:
        """Tell whether a function is a command of a command line, whoever else names it."""
        return any(map(_is_command, self._functions[name].decorator_list))

    def uses(self, name: str) -> bool:
        """Tell whether the module reads a name: a function of that name is called by it."""
        own = self._functions[name].lineno
        for line in self._mentions.get(name, ()):
            statement = self._standing_in(line) if line != own else None
            if statement is not None and name in self._names(statement):
                return True
        return False

    @cached_property
    def _mentions(self) -> dict[str, list[int]]:
        """The lines where the name of each function stands, other than as an attribute."""
        found: dict[str, list[int]] = {}
        for at, line in enumerate(self._lines, 1):
            for name in _READ.findall(line):
                if name in self._functions:
                    found.setdefault(name, []).append(at)
        return found

    def _names(self, statement: ast.stmt) -> frozenset[str]:
        """Return the names that stand in a statement of the top level."""
        names = self._names_in.get(statement)
        if names is None:
            nodes = ast.walk(statement)
            names = frozenset(node.id for node in nodes if isinstance(node, ast.Name))
            self._names_in[statement] = names
        return names

    def _standing_in(self, line: int) -> ast.stmt | None:
        """Return the statement of the top level that stands in a line."""
        at = bisect.bisect_right(self._first_lines, line) - 1
        statement = self._tree.body[at] if at >= 0 else None
        return statement if statement and line <= (statement.end_lineno or line) else None

    def reaching(self, entries: Iterable[str], may_serve: Callable[[str], bool]) -> set[str]:
        """Return those of some entry functions that may reach the words of a serve call."""
        roots = {entry: entry.partition(".")[0] for entry in entries}
        users: dict[str, set[str]] = {}
        pending = list(roots.values())
        texts: dict[str, str] = {}
        while pending:
            name = pending.pop()
            if name in texts or name not in self._nodes:
                continue
            texts[name] = self._text(name)
            for used in self._nodes.keys() & set(_NAME.findall(texts[name])):
                users.setdefault(used, set()).add(name)
                pending.append(used)
        pending = [name for name, text in texts.items() if may_serve(text)]
        serving: set[str] = set()
        while pending:
            name = pending.pop()
            if name not in serving:
                serving.add(name)
                pending.extend(users.get(name, ()))
        return {entry for entry, root in roots.items() if root in serving}

    def _text(self, name: str) -> str:
        # many statements may stand in one line
        numbers = {
            number
            for node in self._nodes[name]
            for number in range(node.lineno - 1, node.end_lineno or node.lineno)
        }
        made = [cls for node in self._nodes[name] for cls in _classes_of_commands(node)]
        return "\n".join([*(self._lines[number] for number in sorted(numbers)), *made])


def _classes_of_commands(node: ast.stmt) -> Iterator[str]:
    """Yield of what a decorator makes a command of a function: ``cls=FlaskGroup``."""
    for decorator in getattr(node, "decorator_list", ()):
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "cls":
                yield ast.unparse(keyword.value)


def _first_line(statement: ast.stmt) -> int:
    """Return the line where a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return decorators[0].lineno if decorators else statement.lineno


def _is_startable(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function can be the start of a process.

    A helper that needs what only another module has (``serve(server)``) is not, nor a generator,
    which waits to be gone through, unless its decorator makes a coroutine of it.
    """
    if _NOT_STARTED.match(node.name) or not _needs_nothing(node):
        return False
    is_coroutine = any(_COROUTINES.search(_decorates(one)) for one in node.decorator_list)
    return is_coroutine or not syntax.yields(node)


def _needs_nothing(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function needs nothing but what a command line, or decorator, passes."""
    if node.decorator_list and _MAIN.fullmatch(node.name):
        return True  # the decorator may pass what it needs
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    required = positional[: len(positional) - len(spec.defaults)] + [
        argument
        for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
        if default is None
    ]
    if not required or all(argument.arg.strip("_") in _COMMAND_LINE for argument in required):
        return True
    return bool(node.decorator_list) and any(map(_is_command, node.decorator_list))


def groups_of(module: Module, name: str) -> list[str]:
    """Return the functions that run before a command, those of its groups, the outermost first.

    ``@cli.command()`` makes one of the function ``cli`` of click's group, or of the callback of
    an application of typer's.
    """
    if ".command" not in module.text:
        return []
    functions = {
        node.name: node
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    found: list[str] = []
    while name in functions:
        name = next(_owners(functions[name], "command", "group"), "")
        if name in found:
            break
        if name in functions:
            found.append(name)
        else:
            found += (one for one in functions if name in _owners(functions[one], "callback"))
    return found[::-1]


def _owners(node: ast.FunctionDef | ast.AsyncFunctionDef, *methods: str) -> Iterator[str]:
    """Yield of what a decorator of a function is a method, for some names of methods."""
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        match called:
            case ast.Attribute(value=ast.Name(id=owner), attr=method) if method in methods:
                yield owner


def _is_command(decorator: ast.expr) -> bool:
    """Tell whether a decorator makes a command of a function, as click and its kin do."""
    if _COMMAND_DECORATOR.fullmatch(_decorates(decorator)):
        return True
    # ``@with_options(main.command)``
    given = decorator.args if isinstance(decorator, ast.Call) else ()
    return any(isinstance(one, ast.Attribute) and one.attr == "command" for one in given)


def _decorates(decorator: ast.expr) -> str:
    """Return the last name of a decorator."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return syntax.last_name(called)
