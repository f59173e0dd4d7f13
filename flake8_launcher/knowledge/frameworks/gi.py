"""PyGObject: the main loop of GLib, on which services of D-Bus and GStreamer run."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("PyGObject",),
    create=("gi.repository.GLib.MainLoop",),
    serve=(
        "gi.repository.GLib.MainLoop().run",
        "gi.repository.GObject.MainLoop().run",
    ),
    endings=alike(
        SERVES._replace(swallows=INTERRUPT),  # source only
        "gi.repository.GLib.MainLoop().run",
        "gi.repository.GObject.MainLoop().run",
    ),
)
