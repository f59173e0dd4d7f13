"""Turns what the interpreter tells into the steps of a launch path."""

from __future__ import annotations

import ast
import copy
import os
from collections import Counter
from collections.abc import Callable, Container, Iterator
from itertools import chain
from typing import Any

from flake8_launcher.knowledge import (
    Role,
    Roles,
    callbacks,
    canonical,
    configuration,
    exceptions,
    known_roles_of,
    roles_of,
    runs_program,
    serving_commands,
)
from flake8_launcher.knowledge.language import (
    ENDS_PROCESS,
    EVENT_WAITS,
    FUTURES,
    INFINITE,
    PARTIALS,
    SLEEPS,
)
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK
from flake8_launcher.launch.model import (
    DECIDES,
    Argument,
    Await,
    Call,
    Catch,
    Comparison,
    Handler,
    Loop,
    ModuleImport,
    OptionRead,
    Raise,
    Return,
    Step,
    Store,
    texts_in,
)
from flake8_launcher.launch.paths.answering import answers
from flake8_launcher.launch.paths.programs import (
    is_helper,
    is_of_client,
    leaves_loop,
    listens,
    runs_server,
    serves_nobody,
)
from flake8_launcher.launch.paths.shown import shown_by
from flake8_launcher.launch.questions import origins
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.model_config import model_config
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running import events
from flake8_launcher.semantic.running.events import IMPORTS, Event, OfPath, Weight
from flake8_launcher.semantic.values import (
    Class,
    Constant,
    Function,
    Instance,
    Method,
    Partial,
    Symbol,
    Value,
    Values,
    qualified_name,
)

_AT_IMPORT = (None, Role.PATCH, Role.BACKEND)
"""What counts of a module's own top level: not every imported module's is followed."""
_BOUND_AND_USED = 2
"""How often a function names what it makes and then waits for."""
_BLOCKS = {
    syntax.CallBlock: "call",
    syntax.FinalBlock: "finally block",
    syntax.WithBlock: "with statement",
}


class Recorder:
    """The listener that writes the steps of one launch path down.

    :param module: the checked module, where every step is reported.
    :param relative: gives a file's path as messages show it.
    :param thorough: whether all that the top levels of other modules do is written down.
    """

    def __init__(
        self, module: Module, relative: Callable[[str], str], thorough: bool = False
    ) -> None:
        self.steps: list[Step] = []
        self.unreached: list[Step] = []
        self.sought: list[Value] = []
        self._module = module
        self._relative = relative
        self._at_import: Container[Role | None] = (None, *Role) if thorough else _AT_IMPORT
        self._entry = module.name
        self._top_levels = {module.name, f"{module.name}.{MAIN_BLOCK}"}
        self._opened = ""
        self._last_read: ast.expr | None = None
        self._named_in: dict[ast.AST, Counter[str]] = {}

    def continued(self) -> Recorder:
        """Return a recorder that goes on from here, and leaves this one as it is."""
        other = copy.copy(self)
        other.steps = [*self.steps]
        other.unreached = [*self.unreached]
        other.sought = [*self.sought]
        return other

    def enter(self, name: str) -> None:
        """Note that the module's top level is done and an entry function begins."""
        self._entry = f"{self._module.name}.{name}"

    def __call__(self, event: Event) -> Weight | None:
        """Take one event of the interpreter, and say what it tells of the launch, if anything."""
        match event:
            case events.Called():
                return self._called(event)
            case events.Unreached(call=call):
                steps, self.steps = self.steps, self.unreached
                try:
                    self._called(call)
                finally:  # what it shows may cost more than is left
                    self.steps = steps
            case events.Imports(module=name, name=taken):
                self._add(ModuleImport, event, name, Role.IMPORT, taken=taken)
            case events.Stored(name=name, values=values, owner=owner):
                value = _argument(None, values, _assigned(event.context.statement))
                key = _argument(None, event.key) if event.key else None
                self._add(Store, event, name, value=value, key=key, owner=owner)
            case events.Read():
                self._read(event)
            case events.Raised(name=name, types=types):
                status = _argument(None, event.status) if event.status else None
                self._add(Raise, event, name or "raise", status=status, types=types)
            case events.Returned(values=values, command=command):
                self._add(Return, event, "return", value=_argument(None, values), command=command)
            case events.Handled(catches=catches):
                status = _argument(None, event.status) if event.status else None
                handler = Handler(
                    event.guard,
                    catches,
                    event.how,
                    status,
                    event.may_end,
                    event.foreign,
                    event.blunders,
                    event.retry,
                    _BLOCKS.get(type(event.node), "handler"),
                    event.named,
                )
                self._add(Catch, event, f"except {', '.join(catches)}", handler=handler)
            case events.Awaited(names=(name, *aliases)):
                is_future = canonical(name) in FUTURES
                waits = is_future and self._is_alone(event.node, event.context.function)
                role = Role.WAIT if waits else None
                assigned = _assigned(event.context.statement)
                is_used = isinstance(assigned, ast.Await) and assigned.value is event.node
                self._add(Await, event, name, role, aliases=tuple(aliases), is_used=is_used)
            case events.Looped(name=name, is_endless=is_endless):
                self._add(Loop, event, f"the loop of {name}", is_endless=is_endless)
                return Weight.DECIDES
            case events.Compared(names=names, sought=sought):
                self.sought.extend(sought)
                checks = [name for name in names if name.endswith(configuration.TELLS_WHO_WROTE)]
                for name in checks:
                    self._add(Comparison, event, name, Role.CHECK)
                return Weight.SOMETHING if checks else None
        return None

    def _read(self, event: events.Read) -> None:
        """Write the read of an option down, in the place of that of its group."""
        node = event.node
        holder = node.args[0] if isinstance(node, ast.Call) else getattr(node, "value", None)
        is_whole = self._last_read is not None and self._last_read is holder
        if is_whole:
            self.steps.pop()
        before = len(self.steps)
        self._add(OptionRead, event, event.name, use=event.use, is_whole=is_whole)
        self._last_read = node if len(self.steps) > before else None

    def _called(self, event: events.Called) -> Weight | None:
        arguments = [
            *(_argument(None, values) for values in event.arguments.positional),
            *(_argument(key, values) for key, values in event.arguments.keywords),
        ]
        if arguments and event.names[0] == "setattr":
            *_, values = event.arguments.all()
            arguments[-1] = _argument(None, values, event.node.args[-1])
        if configuration.opens(event.names[0]):
            path = arguments[0] if arguments else None
            named = [path.text or "" if path else "", *origins.variables(path), *_options(path)]
            self._opened = f"{' '.join(named)} {ast.unparse(event.node)}"
        name, roles = self._named(event, arguments)
        if Role.LOAD in roles and not configuration.OF_FILES.keys().isdisjoint(event.names):
            arguments += _files_of_class(event)
        waited = event.node.func if canonical(name) in EVENT_WAITS else None
        is_alone = isinstance(waited, ast.Attribute) and self._is_alone(
            waited.value, event.context.function
        )
        is_shown = not event.seen and shows(name)
        shown = tuple(shown_by(event.node, event.evaluate, _loops(event))) if is_shown else ()
        for role in roles or (None,):
            self._add(
                Call,
                event,
                name,
                role,
                seen=event.seen,
                aliases=tuple(one for one in event.names if one != name),
                arguments=tuple(arguments),
                complete_arguments=event.arguments.complete,
                rest=_argument(None, rest) if (rest := event.arguments.rest) else None,
                use=event.use,
                kept=_kept(event),
                shown=shown,
                taker=event.taker,
                target=_target(name, event.node),
                command=event.command,
                is_alone=is_alone,
            )
        if not DECIDES.isdisjoint(roles):
            return Weight.DECIDES
        return Weight.SOMETHING if roles or name in ENDS_PROCESS else None

    def _named(self, event: events.Called, arguments: list[Argument]) -> tuple[str, Roles]:
        """Return the candidate with a role that a call has, and its roles."""
        if event.use == "raised" or any(map(exceptions.is_builtin, event.names[1:])):
            return event.names[0], ()  # an exception is no service
        for name in event.names:
            roles = () if event.seen else self._roles(name, event, arguments)
            if roles:
                is_base = canonical(name) in configuration.OF_FILES
                return event.names[0] if is_base else name, roles
        # a server that is handed to a thread or pool serves there, unless it waits to be called
        method = event.names[0].rpartition(".")[2]
        keeps = event.seen or event.names[0] in PARTIALS or method in callbacks.COMMANDS
        for values in () if keeps else event.arguments.all():
            for value in chain.from_iterable(map(_called_by, values)):
                if isinstance(value, Symbol) and _serves_when_called(value.name):
                    return value.name, (Role.START,)
        return event.names[0], ()

    def _roles(self, name: str, event: events.Called, arguments: list[Argument]) -> Roles:
        """Return the roles of a name, where the arguments do not speak against them."""
        known = canonical(name)
        if known == configuration.ACCESS:
            modes = {one for argument in arguments for one in argument.names}
            return () if modes and modes <= configuration.READ_MODES else (Role.CHECK,)
        if known in configuration.PARSERS:
            return (Role.LOAD,) if self._reads_configuration(known, event, arguments) else ()
        if known in configuration.OF_FILES:
            return (Role.LOAD,) if _names_file(known, event, arguments) else ()
        if known == SLEEPS:
            lasts = any(INFINITE in argument.names for argument in arguments)
            return (Role.WAIT,) if lasts else ()
        if runs_program(known):
            return (Role.SERVE,) if runs_server(arguments) else ()
        if commands := serving_commands(known):
            named = (text for argument in arguments for text in texts_in(argument))
            serves = any(os.path.basename(text) in commands for text in named)
            return (Role.SERVE,) if serves else ()
        if configuration.opens(known) and self._opens_variables(event):
            return (Role.LOAD,)
        roles = roles_of(name)
        if Role.LOAD in roles and any(map(_describes_project, event.node.args)):
            return ()
        if Role.SERVE in roles and leaves_loop(arguments):
            return ()
        if Role.START in roles and is_of_client(known, arguments):
            return ()
        if Role.SERVE in roles and not known_roles_of(name) and serves_nobody(arguments):
            return ()
        if not roles and (is_helper(name, arguments) or listens(name, arguments)):
            return (Role.SERVE,)
        if not roles and answers(name, event):
            return (Role.SERVE,)
        return roles

    def _reads_configuration(
        self, parser: str, event: events.Called, arguments: list[Argument]
    ) -> bool:
        """Tell whether what a parser reads is an opened configuration file.

        One that may be given a text or a file must be said to be of the configuration.
        """
        read = [name for one in arguments[:1] for name in one.names]
        # what ``argparse.FileType`` has opened is an attribute of what is parsed
        given = ""
        if not parser.endswith(configuration.TAKE_TEXT):
            given = " ".join(filter(command_line.is_parsed, read))
        if not given and not any(map(configuration.OPENED.search, read)):
            return False
        chain, module = event.context.chain, event.context.module
        statement = event.context.statement
        if event.use == "returned" and chain:
            statement = chain[-1].statement  # of who calls the function that loads
        target = ast.unparse(statement) if isinstance(statement, ast.Assign) else ""
        function = chain[-1].callee.removeprefix(f"{module.name}.") if chain else ""
        if configuration.JUST_LOADS.fullmatch(function):  # ``settings.load``
            function = f"{module.name.rpartition('.')[2]}.{function}"
        told = f"{target} {self._opened} {function} {given.rpartition('.')[2]}".lower()
        is_mentioned = any(word in told for word in configuration.MENTIONS)
        is_data = configuration.DATA.search(told) is not None
        if given or any(word in parser for word in configuration.DATA_FORMATS):
            return is_mentioned and not is_data
        return is_mentioned or not is_data

    def _opens_variables(self, event: events.Called) -> bool:
        """Tell whether a call opens a file of environment variables that the module sets."""
        if configuration.OF_VARIABLES.search(self._opened) is None:
            return False
        return configuration.SETS_VARIABLES.search(event.context.module.text) is not None

    def _add(
        self, kind: type[Step], event: OfPath, name: str, role: Role | None = None, **known: Any
    ) -> None:
        """Write a step down, at the place of the checked file that leads to it.

        :param known: what a step of its kind has beside what all have.
        """
        context = event.context
        if context.importing and (role not in self._at_import or kind is Loop):
            return
        node: ast.expr | ast.stmt | ast.ExceptHandler = event.node
        place = file = ""
        depth = len(context.chain)
        if context.module is not self._module:
            depth = max(
                (at for at, site in enumerate(context.chain, 1) if site.module is self._module),
                default=0,
            )
            if not depth:
                return
            file = context.module.path
            place = f"{self._relative(file)}:{node.lineno}"
            node = context.chain[depth - 1].node
        self.steps.append(
            kind(
                name=name,
                role=role,
                line=node.lineno,
                column=node.col_offset,
                chain=(self._entry, *(site.callee for site in context.chain)),
                sites=context.chain,
                depth=depth,
                file=file,
                place=place,
                node=event.node,
                guards=context.guards,
                arms=context.arms,
                conditional=context.conditional,
                origin=self._origin(event),
                is_imported=context.importing,
                complete=context.complete,
                **known,
            )
        )

    def _origin(self, event: OfPath) -> tuple[str, int] | None:
        """Return the module whose top level runs an event, and the line there."""
        chain = event.context.chain
        if not event.context.importing:
            if self._entry not in self._top_levels:
                return None
            name, inner = self._module.name, chain
        else:
            at = max(at for at, site in enumerate(chain) if site.is_import)
            name, inner = chain[at].callee.removeprefix(IMPORTS), chain[at + 1 :]
        return name, (inner[0].node if inner else event.node).lineno

    def _is_alone(self, node: ast.expr, function: ast.AST | None) -> bool:
        """Tell whether something is made to be waited for there: nothing else can set it.

        :param function: the function that waits for it.
        """
        if isinstance(node, ast.Call):
            return not node.args  # ``asyncio.shield(answer)`` is given one that others have
        if not isinstance(node, ast.Name) or function is None:
            return False
        named = self._named_in.get(function)
        if named is None:
            named = self._named_in[function] = _times_named(function)
        return named[node.id] == _BOUND_AND_USED


def _times_named(function: ast.AST) -> Counter[str]:
    """Return how often a function names its variables: more often where others may set one."""
    named: Counter[str] = Counter()
    for one in ast.walk(function):
        if isinstance(one, ast.Global | ast.Nonlocal):
            named.update(one.names * (_BOUND_AND_USED + 1))
        elif isinstance(one, ast.Name):
            named[one.id] += 1
        elif isinstance(one, ast.Assign) and len(one.targets) > 1:  # something else has it as well
            named.update(target.id for target in one.targets if isinstance(target, ast.Name))
    return named


def _options(path: Argument | None) -> Iterator[str]:
    """Yield the options of a command line that a path is made of."""
    for value in origins.made_of(path):
        if isinstance(value, Symbol) and command_line.is_parsed(value.name):
            yield value.name.rpartition(".")[2]


def _names_file(name: str, event: events.Called, arguments: list[Argument]) -> bool:
    """Tell whether a call that makes settings, or the class that it calls, names their file."""
    keywords = configuration.OF_FILES[name]
    if any((one.keyword or "") in keywords and one.literal is not None for one in arguments):
        return True
    return any(
        configuration.NAMES_FILE.search(cls.module.text)
        for cls in event.evaluate(event.node.func)
        if isinstance(cls, Class)
    )


def _files_of_class(event: events.Called) -> list[Argument]:
    """Return the file that a class of settings names, as if the call that makes them did.

    A relative one is a custom, and says no more than the call.
    """
    classes = [one for one in event.evaluate(event.node.func) if isinstance(one, Class)]
    return [
        _literal(configuration.ENV_FILE, value.value, (Constant(value.value),))
        for cls in classes
        for statement in cls.node.body
        for key, value in model_config(statement)
        if key == configuration.ENV_FILE.removeprefix("_")
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
        if value.value.startswith("/")
    ]


def _describes_project(argument: ast.expr) -> bool:
    """Tell whether an argument names a file with the version of the project and the like."""
    return configuration.DESCRIBES_PROJECT.search(ast.unparse(argument)) is not None


def _kept(event: events.Called) -> str:
    """Return the attribute that the result of a call is assigned to, if it is one."""
    match event.context.statement:
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if value is event.node:
            return name
    return ""


def _target(name: str, node: ast.Call) -> object:
    """Return the call whose result a call hands to a thread, and the like, as a function."""
    taker = callbacks.runs_later(name)
    if taker is None:
        return None
    passed: ast.expr | None = None
    if taker.position is not None and taker.position < len(node.args):
        passed = node.args[taker.position]
    for keyword in node.keywords:
        if keyword.arg is not None and keyword.arg == taker.keyword:
            passed = keyword.value
    return passed if isinstance(passed, ast.Call) else None


def _literal(keyword: str | None, value: object, values: Values = ()) -> Argument:
    return Argument(keyword, value if isinstance(value, str) else None, value, (), values=values)


def _argument(keyword: str | None, values: Values, source: ast.AST | None = None) -> Argument:
    if len(values) == 1 and isinstance(values[0], Constant) and source is None:
        return _literal(keyword, values[0].value, values)
    constants = [value.value for value in values if isinstance(value, Constant)]
    literal = constants[0] if len(constants) == len(values) == 1 else ...
    text = literal if isinstance(literal, str) else None
    names = tuple(qualified_name(value) for value in values if not isinstance(value, Constant))
    functions = [value.node for value in values if isinstance(value, Function)]
    code = functions[0] if len(functions) == 1 else source
    callable_ = any(map(_is_callable, values))
    idle = bool(values) and all(map(_is_idle, values))
    return Argument(keyword, text, literal, names, code, callable_, idle, values)


def _loops(event: events.Called) -> list[ast.For]:
    """Return the loops around a call, in the function that it stands in."""
    depth = len(event.context.chain)
    nodes = (arm.node for arm in event.context.arms if arm.depth == depth)
    return [node for node in nodes if isinstance(node, ast.For)]


def _is_callable(value: Value) -> bool:
    """Tell whether a value is something of the project that can be called."""
    if isinstance(value, Instance):
        return "__call__" in modules.class_bindings(value.cls)
    return isinstance(value, Function | Method | Partial | Class)


def _is_idle(value: Value) -> bool:
    """Tell whether a value is a function that does nothing, or only says something."""
    if isinstance(value, Partial):
        return bool(value.targets) and all(map(_is_idle, value.targets))
    function = value.function if isinstance(value, Method) else value
    return isinstance(function, Function) and syntax.is_idle(function.node)


def _assigned(statement: ast.stmt | None) -> ast.expr | None:
    """Return what a statement assigns."""
    return statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None


def _called_by(value: Value) -> Values:
    """Return what runs when a value is called."""
    return value.targets if isinstance(value, Partial) else (value,)


def _serves_when_called(name: str) -> bool:
    return name[0] != "?" and not name.endswith("()") and Role.SERVE in roles_of(name)
