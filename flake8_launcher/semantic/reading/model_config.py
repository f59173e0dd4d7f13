"""How a class of pydantic settings is configured."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def model_config(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield how a class of settings is configured: ``model_config``, or a class ``Config``.

    :param statement: one of its body.
    """
    match statement:
        case (
            ast.Assign(value=ast.Call(keywords=keywords))
            | ast.AnnAssign(value=ast.Call(keywords=keywords))
        ):
            yield from ((keyword.arg or "", keyword.value) for keyword in keywords)
        case ast.Assign(value=ast.Dict(keys=keys, values=values)):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case ast.ClassDef(body=body):
            for inner in body:
                match inner:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value):
                        yield name, value
