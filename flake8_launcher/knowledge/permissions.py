"""Calls that set the permissions of files, or what new files may have."""

from __future__ import annotations

from flake8_launcher.knowledge.deferred import deferred

OTHERS_WRITE = 0o002
STICKY = 0o1000

UMASK = "os.umask"
"""Sets the process's mask, and returns the one before."""

CHANGES = {
    "os.chmod": (1, "mode"),
    "os.fchmod": (1, "mode"),
    "os.lchmod": (1, "mode"),
    "pathlib.Path().chmod": (0, "mode"),
}
"""Calls that set the mode of a file, whatever the mask, with the place of the mode."""

VENDORED = deferred(r"(?:^|/)(?:_?vendor(?:ed)?|ext|libs?\d?|third_?party|external)/")
"""The place of a copy of another project: which of its branches run is not known."""

CREATES = {
    "os.makedirs": (1, "mode", 0o777),
    "os.mkdir": (1, "mode", 0o777),
    "os.mkfifo": (1, "mode", 0o666),
    "os.mknod": (1, "mode", 0o600),
    "os.open": (2, "mode", 0o777),
    "pathlib.Path().mkdir": (0, "mode", 0o777),
    "pathlib.Path().touch": (0, "mode", 0o666),
    "open": (-1, "", 0o666),
    "codecs.open": (-1, "", 0o666),
    "io.open": (-1, "", 0o666),
}
"""Calls that make a file whose mode is what the mask leaves, with the place of the mode and what
it is by default."""

READS_ONLY = ("r", "rb", "rt", "rU")
"""Modes of ``open`` that make no file."""

DAEMON_CONTEXTS = {
    "daemon.DaemonContext": ("umask", 0),
    "daemon.daemon.DaemonContext": ("umask", 0),
}
"""Classes whose objects detach the process, with the keyword of the mask and its default."""

ALREADY_THERE = frozenset({"os.devnull", "os.open()"})
"""What ``open`` is given that it does not make."""
