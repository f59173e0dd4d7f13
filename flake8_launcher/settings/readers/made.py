"""What a reader makes of a setting that it finds."""

from __future__ import annotations

import ast

from flake8_launcher.settings.model import Declaration


def made(
    node: ast.stmt | ast.expr | ast.keyword | ast.arg,
    name: str,
    default: object,
    noun: str = "setting",
    *,
    secret: bool | None = None,
    hides: str = "",
    is_fixed: bool = False,
    help: object = "",
) -> Declaration:
    """Return a setting that is declared outside oslo.config.

    :param node: where it is reported.
    :param help: its description, if that is known.
    """
    return Declaration(
        name=name,
        kind="",
        line=node.lineno,
        column=node.col_offset,
        secret=secret,
        default=default,
        help=help if isinstance(help, str) else "",
        is_limited=False,
        noun=noun,
        hides=hides,
        is_fixed=is_fixed,
    )
