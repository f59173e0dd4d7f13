"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

from flake8_launcher.gate.place import has_patching_name
from flake8_launcher.imports.summary import Called, Held, Import, Patched, Read
from flake8_launcher.knowledge import Role
from flake8_launcher.launch.around.standing import Standing
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import (
    Argument,
    Await,
    Call,
    Catch,
    Comparison,
    Handler,
    LaunchPath,
    Loop,
    ModuleImport,
    Moment,
    OptionRead,
    Part,
    Phase,
    Raise,
    Return,
    Step,
    Store,
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
    "Await",
    "Blunder",
    "Call",
    "Called",
    "Catch",
    "Comparison",
    "Folders",
    "Guard",
    "Handler",
    "Held",
    "Import",
    "ImportRead",
    "ImportReads",
    "LaunchPath",
    "Launcher",
    "Loop",
    "Mishap",
    "ModuleImport",
    "Moment",
    "OptionRead",
    "Part",
    "Patched",
    "Phase",
    "Raise",
    "Read",
    "Rebinding",
    "Return",
    "Role",
    "Standing",
    "Step",
    "Store",
    "command_line",
    "handling",
    "has_patching_name",
    "option_names",
    "order",
    "origins",
    "parsing",
    "rebindings",
    "shortened",
]
