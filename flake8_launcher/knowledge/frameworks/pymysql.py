"""PyMySQL, a client of MySQL."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("PyMySQL",),
    patches={
        "pymysql.install_as_MySQLdb": Patcher("MySQLdb"),
    },
)
