"""Regular expressions that are compiled when they are first used.

To compile all of the package's takes as long as to follow a launch; one launch needs half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Deferred:
    """Stands for a regular expression; whatever is asked of it first compiles it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._arguments), name)
        setattr(self, name, found)  # it is there from now on
        return found


def deferred(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is not compiled yet.

    :param pattern: as :func:`re.compile` takes it.
    :param flags: the same.
    """
    return cast("re.Pattern[str]", _Deferred(pattern, flags))
