"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

from flake8_launcher.gate.place import has_patching_name
from flake8_launcher.imports.summary import Called, Held, Import, Patched, Read
from flake8_launcher.knowledge import Role
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import (
    Argument,
    Handler,
    LaunchPath,
    Moment,
    Part,
    Phase,
    Step,
    shortened,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.questions import option_names, order, origins, parsing
from flake8_launcher.launch.questions.import_reads import ImportRead, ImportReads
from flake8_launcher.launch.questions.rebinding import Rebinding, rebindings
from flake8_launcher.semantic.reading.project import Folders
from flake8_launcher.semantic.running.blunders import Blunder, Mishap
from flake8_launcher.semantic.running.events import Guard

__all__ = [
    "Argument",
    "Blunder",
    "Called",
    "Folders",
    "Guard",
    "Handler",
    "Held",
    "Import",
    "ImportRead",
    "ImportReads",
    "LaunchPath",
    "Launcher",
    "Mishap",
    "Moment",
    "Part",
    "Patched",
    "Phase",
    "Read",
    "Rebinding",
    "Role",
    "Step",
    "command_line",
    "has_patching_name",
    "handling",
    "option_names",
    "order",
    "origins",
    "parsing",
    "rebindings",
    "shortened",
]
