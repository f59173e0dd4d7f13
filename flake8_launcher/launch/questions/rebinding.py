"""Attributes of other distributions that a launch path rebinds."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_launcher.knowledge import security
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.knowledge.security import Weakness
from flake8_launcher.launch.model import Argument, Call, LaunchPath, Raise, Step, Store
from flake8_launcher.semantic.spelling import spelled
from flake8_launcher.semantic.values import Class, Values, qualified_name, texts

_PATCH = "mock.patch"
_OBJECT = "mock.patch.object"
_STARTED = "().start"
_PARTIALS = ("functools.partial()", "functools.partialmethod()")
_CLASS = deferred(r"(?!\w*\W)_*[A-Z]\w*?[a-z]\w*")
_BY_NAME = r"^(?:sys\.modules\[\]|(?:\w+\.)*(?:import_module|__import__)\(\))"
_MODULE = deferred(rf"{_BY_NAME}$")
"""A module that is found by its name."""
_FOUND = deferred(rf"{_BY_NAME}(?:\.\w+)?$")
_ORIGINAL = deferred(r"_+|_*(?:orig(?:inal)?|old|real|saved?|unpatched)_*")
"""What is added to a name to keep what had it."""
_ANY = "?"
_LONG = 60


@dataclass(slots=True, eq=False, repr=False)
class Rebinding:
    """An attribute of a module or class is assigned.

    :ivar name: its qualified name.
    :ivar value: what it is then; none for a mock.
    :ivar owner: what it belongs to, or the name that tells it.
    """

    step: Step
    name: str
    value: Argument | None
    owner: Values = ()

    @property
    def weakness(self) -> Weakness | None:
        """What is lost, when what takes its place protects less."""
        value = self.value
        if value is None:
            return None
        gives = given_by(value.code)
        for protection in security.PROTECTIONS:
            if re.fullmatch(protection.names, self.name):
                if protection.is_lost(value.literal, value.names, gives):
                    return protection.weakness
        codes: list[ast.AST] = [one.node for one in value.values if isinstance(one, Class)]
        if value.code is not None:
            codes.append(value.code)
        if not codes or not self.is_code:
            return None
        settings = itertools.chain.from_iterable(map(_settings, codes))
        switched = (one for one in settings if one in security.SWITCHES)
        switch = next(switched, "")
        return Weakness(f"it sets {switch}", security.SWITCHES[switch]) if switch else None

    @property
    def is_code(self) -> bool:
        """Whether it surely is something that can be called, then, and was before."""
        if self.value is None or self.value.is_callable:
            return True
        return any(self._is_like(name) for name in self.value.names)

    def _is_like(self, name: str) -> bool:
        """Tell whether something outside looks like a function or class, and like the old one."""
        if name in _PARTIALS:
            return True
        if not _is_attribute(name) and not _FOUND.match(name):
            return False
        old, new = self.name.rpartition(".")[2], name.rpartition(".")[2]
        if old == _ANY:
            return False
        if _CLASS.fullmatch(old) and _CLASS.fullmatch(new):
            return True
        return not old.isupper() and (new.endswith(old) or old.endswith(new))

    @property
    def attribute(self) -> str:
        """What of a module that is found by its name is replaced, for messages."""
        if not _is_found(self.owner, _MODULE):
            return ""
        name = self.name.rpartition(".")[2]
        return name if name.isidentifier() else "attribute"

    @property
    def keeps_original(self) -> bool:
        """Whether it only keeps, under a new name, what its owner has under another one."""
        owner, _, new = self.name.rpartition(".")
        values = self.value.names if self.value is not None else ()
        olds = (old for at, _, old in (name.rpartition(".") for name in values) if at == owner)
        return any(
            old in new and _ORIGINAL.fullmatch(new.replace(old, "", 1)) is not None for old in olds
        )

    @property
    def is_restored(self) -> bool:
        """Whether it is bound to what it was at first, or to what the language has by its name."""
        value = self.value
        if value is None or value.is_callable:
            return False
        last = self.name.rpartition(".")[2]
        known = {self.name, f"builtins.{last}", f"__builtin__.{last}"}
        return bool(value.names) and known.issuperset(value.names)

    @property
    def way(self) -> str:
        """How the checked file leads to it, for messages."""
        return self.step.way_to(self.name)

    @property
    def value_text(self) -> str:
        """What it is then, for messages."""
        if self.value is None:
            return "a mock"
        if self.value.literal is not ...:
            literal = self.value.literal
            return "a text" if isinstance(literal, str | bytes) else quoted(literal)
        names = [name for name in self.value.names if name[0] != "?"]
        name = names[0].replace(".<locals>", "") if names else self.name
        if name.endswith("<lambda>"):
            return "a lambda"
        if name in (self.name, *_PARTIALS) and isinstance(self.value.code, ast.expr):
            text = spelled(self.value.code) or "something else"
            return text if len(text) < _LONG else f"{text[: _LONG - 4]} ..."
        return name if name != self.name else "something else"


def rebindings(path: LaunchPath) -> Iterator[Rebinding]:
    """Yield what a launch path rebinds for good, in order, where it is known what that is.

    What may be the project's own is among it. An attribute that is only set where it is missing
    is not, nor one that gets its first value back, from where that was kept or at once.
    """
    found = list(_all(path))
    restored = {one.name for one in found if one.is_restored}
    kept = {
        (one.name, *(name.removesuffix("[]").removesuffix(".copy()") for name in one.value.names))
        for one in found
        if one.value is not None and one.value.names and one.name not in one.value.names
    }
    missing: set[str] = set()
    for step in path.calls:
        # a test whose result is not tested itself is negated
        if step.name == "hasattr" and step.use == "other" and len(step.arguments) == 2:
            holder, attribute = step.arguments
            missing |= {f"{name}.{attribute.text}" for name in holder.names}
    missing_for_all = _refused(path)
    for one in found:
        added = (one.step.conditional and one.name in missing) or one.name in missing_for_all
        given_back = one.value is not None and (*one.value.names, one.name) in kept
        if one.name not in restored and not (added or given_back or one.keeps_original):
            yield one


def _refused(path: LaunchPath) -> set[str]:
    """Return the attributes of which a launch path surely has none: it fails where one is there.

    ``if hasattr(library, "start"): raise Warning``.
    """
    names: set[str] = set()
    for step, then in itertools.pairwise(path.steps):
        if isinstance(step, Call) and step.name == "hasattr" and step.use == "tested":
            is_failure = isinstance(then, Raise) or (
                isinstance(then, Call) and then.use == "raised"
            )
            is_of_test = then.chain == step.chain and len(then.arms) == len(step.arms) + 1
            if is_failure and is_of_test and len(step.arguments) == 2:
                holder, attribute = step.arguments
                names |= {f"{name}.{attribute.text}" for name in holder.names}
    return names


def computed(path: LaunchPath) -> Iterator[Rebinding]:
    """Yield what a launch path rebinds of modules, or with something of modules, found by name.

    The name of such an attribute tells how its module is found: ``sys.modules[].connect``.
    """
    for one in _all(path, any_name=True):
        if not one.is_code:
            continue
        is_given = one.value is not None and _is_found(one.value.values, _FOUND)
        if one.attribute or (is_given and _is_attribute(one.name)):
            yield one


def changed(path: LaunchPath) -> Iterator[Rebinding]:
    """Yield what a launch path binds of modules that it finds by their names, whatever to."""
    return (one for one in _all(path, any_name=True) if one.attribute)


def _is_found(values: Values, names: re.Pattern[str]) -> bool:
    """Tell whether something is, or belongs to, a module that is found by its name."""
    return any(names.match(qualified_name(value)) is not None for value in values)


def _all(path: LaunchPath, any_name: bool = False) -> Iterator[Rebinding]:
    waiting: list[Call] = []
    for step in path.steps:
        found = None
        match step:
            case Store():
                found = Rebinding(step, step.name, step.value, step.owner)
            case Call(name="setattr"):
                found = _set(step, any_name)
            case Call(name=name) if name.endswith((_PATCH, _OBJECT)):
                waiting.append(step)
            case Call(name=name) if name.endswith(_STARTED) and _PATCH in name:
                found = _mocked(step, waiting)
        if found is not None and (any_name or _is_attribute(found.name)):
            yield found


def _set(step: Call, any_name: bool) -> Rebinding | None:
    """Return what a call of ``setattr`` rebinds."""
    if len(step.arguments) != 3:
        return None
    target, attribute, value = step.arguments
    # of several, one after the other or one of them, the first stands for all
    known = texts(attribute.values)
    if len(target.names) != 1 or not (known or any_name):
        return None
    name = f"{target.names[0]}.{known[0] if known else _ANY}"
    return Rebinding(step, name, value, target.values)


def _mocked(step: Call, waiting: list[Call]) -> Rebinding | None:
    """Return what a patcher of a mock library rebinds when it is started.

    It is the one that is made on the spot, or the only one that waits.
    """
    made = [one for one in waiting if f"{one.name}{_STARTED}" == step.name]
    here = [one for one in made if (one.line, one.column) == (step.line, step.column)]
    if not here and len(made) != 1:
        return None
    patch = (here or made)[-1]
    waiting.remove(patch)
    first, *rest = patch.arguments or (None,)
    if first is None:
        return None
    if not patch.name.endswith(_OBJECT):
        new = rest[0] if rest and rest[0].keyword in (None, "new") else None
        return Rebinding(step, first.text, new) if first.text else None
    if len(first.names) != 1 or not rest or not rest[0].text:
        return None
    new = rest[1] if rest[1:] and rest[1].keyword in (None, "new") else None
    return Rebinding(step, f"{first.names[0]}.{rest[0].text}", new)


def _is_attribute(name: str) -> bool:
    """Tell whether a name is that of an attribute of a module or class."""
    parts = name.split(".")
    return len(parts) > 1 and all(map(str.isidentifier, parts)) and parts[0] not in BUILTINS


def given_by(code: ast.AST | None) -> str | None:
    """Return the text of what a function gives, if it does nothing else.

    :param code: the function, or any other code.
    """
    if isinstance(code, ast.Lambda):
        result: ast.expr | None = code.body
    elif isinstance(code, ast.FunctionDef | ast.AsyncFunctionDef):
        body = [one for one in code.body if not _is_idle(one)]
        if not body:
            return "None"
        *before, last = body
        if not isinstance(last, ast.Return) or (before and not _is_of_arguments(code, before)):
            return None
        result = last.value
    else:
        return None
    if result is None:
        return "None"
    names = [one.arg for one in (*code.args.posonlyargs, *code.args.args)]
    if isinstance(result, ast.Name) and result.id in names:
        return security.SAME
    return _unparsed(result)


def _is_of_arguments(
    code: ast.FunctionDef | ast.AsyncFunctionDef, before: list[ast.stmt]
) -> bool:
    """Tell whether a function gives something of its arguments alone, whatever comes before.

    :param before: what it does before it returns, once, at its end.
    """
    inner = [node for one in before for node in ast.walk(one)]
    if any(isinstance(node, ast.Return | ast.Raise) for node in inner):
        return False
    own = {one.arg for one in (*code.args.posonlyargs, *code.args.args)}
    result = ast.walk(code.body[-1])
    return own.issuperset(node.id for node in result if isinstance(node, ast.Name))


def _is_idle(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def _settings(code: ast.AST) -> Iterator[str]:
    """Yield the settings that code makes: ``verify=False``, in whatever form."""
    for node in ast.walk(code):
        match node:
            case ast.keyword(arg=str(name), value=value):
                yield _setting(name, value)
            case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value=name))], value=value):
                yield _setting(name, value)
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                yield _setting(name, value)
            case ast.Call(func=ast.Attribute(attr="setdefault"), args=[ast.Constant(name), value]):
                yield _setting(name, value)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant):
                        yield _setting(key.value, value)


def _setting(name: object, value: ast.expr) -> str:
    is_short = isinstance(value, ast.Constant | ast.Attribute)
    return f"{name}={_unparsed(value)}" if is_short else ""


def _unparsed(code: ast.expr) -> str:
    """Return the text of code; none where it is nested too deeply."""
    try:
        return ast.unparse(code)
    except RecursionError:
        return ""
