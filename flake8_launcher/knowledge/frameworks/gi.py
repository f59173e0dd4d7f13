"""PyGObject: the main loops of GLib, on which services of D-Bus and GStreamer run."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, SERVES, Framework, alike

_LOOPS = (
    "gi.repository.GLib.MainLoop().run",
    "gi.repository.GObject.MainLoop().run",
)
_APPLICATION = "gi.repository.Gio.Application().run"

FRAMEWORK = Framework(
    distributions=("PyGObject",),
    create=("gi.repository.GLib.MainLoop",),
    serve=(*_LOOPS, _APPLICATION),
    endings=alike(SERVES._replace(swallows=INTERRUPT), *_LOOPS)  # source only
    | alike(SERVES, _APPLICATION),  # source only
)
