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


def written(code: ast.expr | ast.pattern) -> str:
    """Return the text of code on one line, with its literals but for what may be a secret.

    Where the code names a secret, every literal is left out.

    :returns: nothing for code that is nested too deeply.
    """
    try:
        names = (getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(code))
        veil = _Veil() if any(map(secrets.is_plain, filter(None, names))) else _Quoting()
        return " ".join(ast.unparse(veil.visit(copy.deepcopy(code))).split())
    except RecursionError:
        return ""


class _Veil(ast.NodeTransformer):
    """Replaces literals; what every program may say, such as ``None`` and ``0``, stays."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        is_plain = node.value is None or (isinstance(node.value, int) and 0 <= node.value < 10)
        return node if is_plain else ast.Constant(...)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant(...)


class _Quoting(_Veil):
    """Replaces what may be a secret in literals."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.Constant(quoting.named(node.value))
        return node if isinstance(node.value, bool | int | float) else super().visit_Constant(node)
