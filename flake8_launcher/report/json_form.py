"""A report as JSON, in the form that ``schema.json`` beside this file describes."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass

from flake8_launcher.report.model import Overview, Report
from flake8_launcher.text import told

VERSION = 1
"""The version of the form: it changes when something is taken away or means something else."""


def written(report: Report | Overview) -> str:
    """Return a report, or that of a folder, as one JSON object."""
    kind = "overview" if isinstance(report, Overview) else "report"
    data = {"version": VERSION, "kind": kind, kind: _plain(report)}
    return json.dumps(data, indent=2) + "\n"


def _plain(value: object) -> object:
    """Return what JSON can hold of a value; texts as they may leave."""
    if isinstance(value, str):
        return told(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
