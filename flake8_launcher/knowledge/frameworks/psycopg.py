"""Psycopg 3, a client of PostgreSQL."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("psycopg",),
    streams=(
        "psycopg.connect().notifies()",
        "psycopg.*Connection.connect().notifies()",
    ),
    raises=alike(
        (
            "psycopg.OperationalError",
            "psycopg.ProgrammingError",
            "psycopg.Error",
            "TypeError",
            "ValueError",
        ),
        "psycopg.connect",
        "psycopg.Connection.connect",
        "psycopg.AsyncConnection.connect",
    ),
    errors={
        "psycopg.Error": ("Exception",),
        **alike(
            ("psycopg.Error",),
            "psycopg.DatabaseError",
            "psycopg.InterfaceError",
        ),
        **alike(
            ("psycopg.DatabaseError",),
            "psycopg.OperationalError",
            "psycopg.ProgrammingError",
        ),
    },
)
