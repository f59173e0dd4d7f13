"""Decides from a file's text alone whether it is worth reading as a launcher."""

from __future__ import annotations

import re

from flake8_launcher import knowledge

_COMMON = frozenset({"run", "start", "serve", "main", "launch", "listen", "work", "block", "loop", "server"})
"""Names of serve calls that ordinary code uses too: they count beside their framework's name."""

_SHAPED = (
    r"launch_service|serve_forever|run_forever|wait_for_exit_signal|vip_main|abstract_main"
    r"|(?:service|services|wsgi)\.(?:serve|launch)\b|main_loop|daemon_loop|serve_wsgi"
    r"|_rpc_server|eventlet_server"
    r"|(?:run|start|boot|serve|launch)_(?:\w+_)?"
    r"(?:server|servers|service|services|daemon|reactor|workers?|wsgi|scheduler)\b"
)
_OBJECT = (
    r"(?:[Ss]erver|[Ss]ervice|[Dd]aemon|[Ll]auncher|[Ss]upervisor|[Ww]orker|Agent|ServiceManager)"
    r"(?:\.\w+)?\("
)
_METHOD = r"\.(?:run|start|serve|launch|listen_and_serve|main|run_server|start_serving)\b"


def _words() -> tuple[str, dict[str, re.Pattern[str]]]:
    plain: set[str] = set()
    beside: dict[str, set[str]] = {}
    for root, called in knowledge.serve_calls():
        if called in _COMMON or "*" in called:
            beside.setdefault(root, set()).add(called.replace("*", ""))
        else:
            plain.add(called)
    tails = {root: re.compile(rf"\b(?:{'|'.join(sorted(names))})") for root, names in beside.items()}
    return "|".join(sorted(plain)), tails


_PLAIN, _TAILS = _words()
_CERTAIN = re.compile(rf"\b(?:{_PLAIN}|\w*(?:{_SHAPED}))")
_ROOT = re.compile(rf"\b(?:{'|'.join(sorted(_TAILS))}|openstack\.common|oslo\.service)\b")
_INSTANCE = re.compile(_OBJECT)
_STARTED = re.compile(_METHOD)


def may_launch(text: str) -> bool:
    """Tell whether a text has the words of a launcher.

    :param text: the whole file.
    """
    if "def " not in text and "__main__" not in text:
        return False
    if _CERTAIN.search(text):
        return True
    for root in set(_ROOT.findall(text)):
        tails = _TAILS.get(root)
        if tails is None or tails.search(text):
            return True
    return bool(_STARTED.search(text) and _INSTANCE.search(text))
