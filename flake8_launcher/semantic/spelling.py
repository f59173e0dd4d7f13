"""Code as messages spell it."""

from __future__ import annotations

import ast
import copy

from flake8_launcher.knowledge import quoting, secrets


def spelled(code: ast.expr) -> str:
    """Return the text of code on one line, for messages, with ``...`` in place of its literals.

    Who reads a message may look the literals up, and nobody else should: they may be secrets.

    :returns: nothing for code that is nested too deeply.
    """
    try:
        return " ".join(ast.unparse(_Veil().visit(copy.deepcopy(code))).split())
    except RecursionError:
        return ""


def written(code: ast.expr | ast.pattern, *beside: ast.expr) -> str:
    """Return the text of code on one line, with its literals but for what may be a secret.

    Where the code names a secret, every literal is left out but such a name.

    :param beside: what the code is compared with, or gives values to.
    :returns: nothing for code that is nested too deeply.
    """
    try:
        veil = _Naming() if any(map(names_secret, (code, *beside))) else _Quoting()
        return " ".join(ast.unparse(veil.visit(copy.deepcopy(code))).split())
    except RecursionError:
        return ""


def names_secret(code: ast.AST) -> bool:
    """Tell whether a name in code, or a text that stands for one, is that of a secret."""
    return any(
        secrets.is_plain(name)
        for one in ast.walk(code)
        for name in (getattr(one, "id", ""), getattr(one, "attr", ""), getattr(one, "value", ""))
        if isinstance(name, str) and name
    )


class _Veil(ast.NodeTransformer):
    """Replaces literals; what every program may say, such as ``None`` and ``0``, stays."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        is_plain = node.value is None or (isinstance(node.value, int) and 0 <= node.value < 10)
        return node if is_plain else ast.Constant(...)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant(...)


class _Naming(_Veil):
    """Replaces literals, but for the names of secrets where a value is asked for by its name."""

    def __init__(self) -> None:
        self._kept: set[int] = set()

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return self._without(node, node.args[:1])

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return self._without(node, [node.slice])

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.AST:
        return self._without(node, node.keys)

    def _without(self, node: ast.AST, asked: list[ast.expr]) -> ast.AST:
        """Replace the literals in code, but for the names of secrets by which it asks."""
        named = (one for one in asked if isinstance(one, ast.Constant) and names_secret(one))
        self._kept.update(map(id, named))
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return node if id(node) in self._kept else super().visit_Constant(node)


class _Quoting(_Veil):
    """Replaces what may be a secret in literals."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.Constant(quoting.named(node.value))
        return node if isinstance(node.value, bool | int | float) else super().visit_Constant(node)
