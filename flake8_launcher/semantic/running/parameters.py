"""What the parameters of a function may be when it is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import commands, language
from flake8_launcher.semantic.running.names import Names
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Made,
    Mapping,
    Sequence,
    Symbol,
    Value,
    Values,
    symbol,
)


class Parameters(Names):
    """Binds what a call passes to the parameters of what it calls."""

    def _bind_parameters(self, function: Function, arguments: Arguments, frame: Frame) -> None:
        spec = function.node.args
        positional = [*spec.posonlyargs, *spec.args]
        defaults = dict(zip(reversed(positional), reversed(spec.defaults), strict=False))
        defaults |= {
            argument: default
            for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
            if default is not None
        }
        keywords = dict(arguments.keywords)
        given_by = commands.options_of(function.decorators) if not arguments.positional else None
        told_by = dict(_options(function.node)) if given_by is not None else {}
        if commands.CONFIGURATION in function.decorators and not arguments.positional:
            arguments = Arguments(((symbol(commands.CONFIGURATION),),), arguments.keywords)
        for index, argument in enumerate([*positional, *spec.kwonlyargs]):
            passed = keywords.pop(argument.arg, ())
            if index < len(positional) and index < len(arguments.positional):
                passed = arguments.positional[index]
            if passed and argument.annotation is not None and all(map(_is_untold, passed)):
                told = self._annotated(argument, function)
                passed = passed if _is_untold(told[0]) else told
            if not passed:
                default = defaults.get(argument)
                if default is not None and arguments.complete:
                    with self._silently():
                        passed = self._value(default, self._defining(function))
                    if argument.annotation is not None and all(map(_is_foreign, passed)):
                        told = self._annotated(argument, function)
                        passed = told if isinstance(told[0], Instance) else passed
                else:
                    passed = self._annotated(argument, function)
                if given_by is not None and all(map(_is_nothing, passed)):
                    stands_in = told_by.get(argument.arg) or defaults.get(argument)
                    passed = self._option(f"{given_by}.{argument.arg}", stands_in, function)
            frame.variables[argument.arg] = passed
        if spec.vararg is not None:
            extra = arguments.positional[len(positional) :]
            frame.variables[spec.vararg.arg] = (
                (Sequence(extra),) if arguments.complete else NOTHING
            )
        if spec.kwarg is not None:
            if given_by is not None:
                keywords |= {
                    name: self._option(f"{given_by}.{name}", stands_in, function)
                    for name, stands_in in told_by.items()
                }
            frame.variables[spec.kwarg.arg] = (
                (Mapping(keywords),) if arguments.complete or given_by else NOTHING
            )

    def _option(self, name: str, stands_in: ast.expr | None, function: Function) -> Values:
        """Return what the parameter of a command may be: what is given, or what stands in for it.

        :param name: its qualified name.
        :param stands_in: its default, or the call that tells it.
        """
        given = symbol(name)
        if isinstance(stands_in, ast.Call):
            stands_in = next(iter(stands_in.args), _keyword(stands_in, "default"))
        if stands_in is None or isinstance(stands_in, ast.Call):
            return (given,)
        with self._silently():
            default = self._value(stands_in, self._defining(function))
        return (given, *(one for one in default if isinstance(one, Constant) and one.value))

    def _defining(self, function: Function) -> Frame:
        return function.frame or Frame(function.module)

    def _annotated(self, argument: ast.arg, function: Function) -> Values:
        """Return what an annotation says of a parameter that nothing else tells about."""
        unknown: Values = (Symbol(f"?{argument.arg}"),)
        if argument.annotation is None:
            return unknown
        with self._silently():
            for value in self._value(argument.annotation, self._defining(function)):
                if isinstance(value, Class):
                    return (Instance(value),)
                if isinstance(value, Symbol) and "." in value.name and _tells(value.name):
                    return (symbol(f"{value.name}()"),)
        return unknown


def _is_nothing(value: Value) -> bool:
    """Tell whether a value is unknown, or that of an option which nobody has given."""
    if isinstance(value, Symbol) and value.name.startswith("typing."):
        return True
    return (isinstance(value, Constant) and value.value is None) or _is_untold(value)


def _options(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names by which the options of a command are passed to its function.

    Each comes with the expression of its default, where it has one.
    """
    for decorator in getattr(node, "decorator_list", ()):
        if isinstance(decorator, ast.Call):
            for given in decorator.args:
                if isinstance(given, ast.Constant) and str(given.value).startswith("--"):
                    name = str(given.value).partition("/")[0].lstrip("-").replace("-", "_")
                    yield name, _keyword(decorator, "default")
                    break


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return what a call passes under a keyword, if it does."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def _is_untold(value: Value) -> bool:
    """Tell whether nothing is known of a value but how the code calls it."""
    if not isinstance(value, Symbol) or (isinstance(value, Made) and value.operator):
        return False
    return value.name[0] == "?" or value.name.partition("()")[0] in language.BUILTINS


def _is_foreign(value: Value) -> bool:
    """Tell whether a default is no literal but what a library makes, to put an object there."""
    return isinstance(value, Symbol) and "." in value.name


def _tells(name: str) -> bool:
    """Tell whether a type says what an object can do."""
    return name[0] != "?" and not name.startswith("typing.")
