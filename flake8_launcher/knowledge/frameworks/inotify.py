"""inotify, what happens to the files of a folder."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("inotify",),
    streams=(
        "inotify.adapters.Inotify().event_gen()",
        "inotify.adapters.InotifyTree().event_gen()",
        "inotify.adapters.InotifyTrees().event_gen()",
    ),
    limits={"inotify.adapters.*().event_gen": ("timeout_s",)},
)
