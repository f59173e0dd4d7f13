"""Writes the schema of the reports in JSON, from the classes that they are made of.

    python tools/report_schema.py [--check]
"""

from __future__ import annotations

import json
import re
import sys
import types
import typing
from dataclasses import fields
from pathlib import Path
from typing import Any

from flake8_launcher.report import json_form, model

PATH = Path(model.__file__).parent / "schema.json"
_PLAIN = {str: "string", int: "integer", bool: "boolean", type(None): "null"}


def schema() -> dict[str, Any]:
    """Return the schema."""
    definitions: dict[str, Any] = {}
    either = [_root(kind, definitions) for kind in (model.Report, model.Overview)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report of flake8-launcher",
        "description": "What `flake8-launcher report --format json` writes.",
        "oneOf": either,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), indent=2) + "\n"


def _root(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    kind = cls.__name__.lower()
    properties = {
        "version": {"const": json_form.VERSION, "description": "The version of this form."},
        "kind": {"const": kind},
        kind: _of(cls, definitions),
    }
    return _object(properties)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin is typing.Literal:
        return {"enum": [*inner]}
    if origin is types.UnionType or origin is typing.Union:
        return {"anyOf": [_of(one, definitions) for one in inner]}
    if origin is tuple and inner[-1] is ...:
        return {"type": "array", "items": _of(inner[0], definitions)}
    if origin is tuple:
        items = [_of(one, definitions) for one in inner]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        hints = typing.get_type_hints(kind)
        told = _descriptions(kind)
        properties = {
            field.name: _described(_of(hints[field.name], definitions), told.get(field.name))
            for field in fields(kind)
        }
        about = (kind.__doc__ or "").partition("\n")[0]
        definitions[kind.__name__] = {"description": about, **_object(properties)}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _described(schema: dict[str, Any], text: str | None) -> dict[str, Any]:
    return {**schema, "description": text} if text else schema


def _descriptions(cls: type) -> dict[str, str]:
    """Return what the docstring of a class says of its attributes."""
    found: dict[str, str] = {}
    for part in re.split(r"\n\s*:ivar ", cls.__doc__ or "")[1:]:
        name, _, told = part.partition(":")
        sentence = " ".join(told.replace("``", "`").split())
        sentence = re.sub(r":data:`(\w+)`", r"\1", sentence)
        found[name] = sentence[:1].upper() + sentence[1:]
    return found


def main() -> int:
    """Write the schema, or tell whether it is up to date.

    :returns: the exit status.
    """
    if "--check" not in sys.argv:
        PATH.write_text(text(), "utf-8")
    elif not PATH.is_file() or PATH.read_text("utf-8") != text():
        print(f"{PATH.name} is out of date: run python tools/report_schema.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
