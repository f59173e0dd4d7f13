"""Code as messages spell it."""

from __future__ import annotations

import ast
import copy


def spelled(code: ast.expr) -> str:
    """Return the text of code on one line, for messages, with ``...`` in place of its literals.

    Who reads a message may look the literals up, and nobody else should: they may be secrets.

    :returns: nothing for code that is nested too deeply.
    """
    try:
        return " ".join(ast.unparse(_Veil().visit(copy.deepcopy(code))).split())
    except RecursionError:
        return ""


class _Veil(ast.NodeTransformer):
    """Replaces literals; what every program may say, such as ``None`` and ``0``, stays."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        is_plain = node.value is None or (isinstance(node.value, int) and 0 <= node.value < 10)
        return node if is_plain else ast.Constant(...)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant(...)
