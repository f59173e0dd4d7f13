"""PyGObject: the main loops of GLib and GTK, on which services of D-Bus and GStreamer run."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, SERVES, Framework, alike

_LOOPS = (
    "gi.repository.GLib.MainLoop().run",
    "gi.repository.GObject.MainLoop().run",
)
_APPLICATIONS = (
    "gi.repository.Adw.Application().run",
    "gi.repository.Gio.Application().run",
    "gi.repository.Gtk.Application().run",
    "gi.repository.Gtk.main",
)

FRAMEWORK = Framework(
    distributions=("PyGObject",),
    create=("gi.repository.GLib.MainLoop",),
    serve=(*_LOOPS, *_APPLICATIONS),
    endings=alike(SERVES._replace(swallows=INTERRUPT), *_LOOPS)  # source only
    | alike(SERVES, *_APPLICATIONS),  # source only
)
