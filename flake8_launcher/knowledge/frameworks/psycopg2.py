"""Psycopg 2, a client of PostgreSQL."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("psycopg2",),
    raises=alike(
        (
            "psycopg2.OperationalError",
            "psycopg2.ProgrammingError",
            "psycopg2.Error",
            "TypeError",
            "ValueError",
        ),
        "psycopg2.connect",
    ),
    errors={
        "psycopg2.Error": ("Exception",),
        **alike(
            ("psycopg2.Error",),
            "psycopg2.DatabaseError",
            "psycopg2.InterfaceError",
        ),
        **alike(
            ("psycopg2.DatabaseError",),
            "psycopg2.OperationalError",
            "psycopg2.ProgrammingError",
        ),
    },
)
