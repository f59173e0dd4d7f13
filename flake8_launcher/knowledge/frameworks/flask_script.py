"""Flask-Script, the command line that Flask applications had before Flask's own.

Source only: no release imports beside a Flask that is maintained. ``Manager.run`` adds the
command ``runserver`` by itself.
"""

from __future__ import annotations

from flake8_launcher.knowledge.model import RUNS_WERKZEUG, Framework, alike

FRAMEWORK = Framework(
    distributions=("Flask-Script",),
    serve=("flask_script.Manager().run",),
    endings=alike(
        RUNS_WERKZEUG,
        # the command that serves is one of several, and runs the application
        "flask_script.Manager().run",
    ),
)
