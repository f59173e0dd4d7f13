"""SQLAlchemy, which wraps what the drivers of databases raise."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("SQLAlchemy",),
    raises={
        # it connects when it is first asked for something
        "sqlalchemy.*create_engine": (
            "sqlalchemy.exc.ArgumentError",
            "ImportError",
            "TypeError",
            "ValueError",
        ),
        **alike(
            (
                "sqlalchemy.exc.OperationalError",
                "sqlalchemy.exc.ProgrammingError",
                "sqlalchemy.exc.SQLAlchemyError",
                "TypeError",
            ),
            "sqlalchemy.*create_engine().begin",
            "sqlalchemy.*create_engine().connect",
            "sqlalchemy.*create_engine().connect().close",
            "sqlalchemy.*create_engine().connect().execute",
            "sqlalchemy.*create_engine().connect().scalar",
            "sqlalchemy.text",
        ),
    },
    errors={
        "sqlalchemy.exc.SQLAlchemyError": ("Exception",),
        **alike(
            ("sqlalchemy.exc.SQLAlchemyError",),
            "sqlalchemy.exc.ArgumentError",
            "sqlalchemy.exc.StatementError",
            "sqlalchemy.exc.TimeoutError",
        ),
        "sqlalchemy.exc.DBAPIError": ("sqlalchemy.exc.StatementError",),
        **alike(
            ("sqlalchemy.exc.DBAPIError",),
            "sqlalchemy.exc.DatabaseError",
            "sqlalchemy.exc.InterfaceError",
        ),
        **alike(
            ("sqlalchemy.exc.DatabaseError",),
            "sqlalchemy.exc.OperationalError",
            "sqlalchemy.exc.ProgrammingError",
        ),
    },
)
