"""``python -m flake8_launcher``: the command, without the current folder on the search path.

Python puts it there first, so that a module of the project under review would be run in the place
of another one. Nothing is imported before it is gone.
"""

import sys

if not getattr(sys.flags, "safe_path", sys.flags.isolated):
    del sys.path[0]

from flake8_launcher.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
