"""The operating system: programs that take the place of the process."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

_SERVERS = frozenset(
    {
        "arq",
        "celery",
        "chainlit",
        "circusd",
        "daphne",
        "dask-scheduler",
        "dask-worker",
        "dramatiq",
        "faust",
        "granian",
        "gunicorn",
        "hypercorn",
        "jupyter-lab",
        "jupyter-notebook",
        "jupyterhub",
        "kopf",
        "osken-manager",
        "rqworker",
        "ryu-manager",
        "streamlit",
        "supervisord",
        "taskiq",
        "tritonserver",
        "twist",
        "twistd",
        "uvicorn",
        "uwsgi",
        "voila",
        "waitress-serve",
    }
)
_NAMES = tuple(f"os.exec{kind}" for kind in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe"))

FRAMEWORK = Framework(
    commands=alike(_SERVERS, *_NAMES),
    endings=alike(
        # the program that cannot be started; what it does itself, nobody here hears of
        Ending(blocks=True, status="raises", handles_termination=True),
        *_NAMES,
    ),
)
