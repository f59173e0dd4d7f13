"""PyMySQL, a client of MySQL."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher, alike

FRAMEWORK = Framework(
    distributions=("PyMySQL",),
    patches={
        "pymysql.install_as_MySQLdb": Patcher("MySQLdb"),
    },
    raises=alike(
        (
            "pymysql.err.OperationalError",
            "pymysql.err.ProgrammingError",
            "pymysql.err.MySQLError",
            "TypeError",
            "ValueError",
            # the files that it is told to read
            "FileNotFoundError",
            "configparser.Error",
        ),
        "pymysql.Connect",
        "pymysql.Connection",
        "pymysql.connect",
        "pymysql.connections.Connection",
    ),
    errors={
        "pymysql.err.MySQLError": ("Exception",),
        "pymysql.err.Error": ("pymysql.err.MySQLError",),
        **alike(
            ("pymysql.err.Error",),
            "pymysql.err.DatabaseError",
            "pymysql.err.InterfaceError",
        ),
        **alike(
            ("pymysql.err.DatabaseError",),
            "pymysql.err.OperationalError",
            "pymysql.err.ProgrammingError",
        ),
    },
    aliases={
        "pymysql.DatabaseError": "pymysql.err.DatabaseError",
        "pymysql.Error": "pymysql.err.Error",
        "pymysql.InterfaceError": "pymysql.err.InterfaceError",
        "pymysql.MySQLError": "pymysql.err.MySQLError",
        "pymysql.OperationalError": "pymysql.err.OperationalError",
        "pymysql.ProgrammingError": "pymysql.err.ProgrammingError",
    },
)
