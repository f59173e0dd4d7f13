"""RQ, a task queue."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, SETS_SIGNALS, UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("rq",),
    create=(
        "rq.SimpleWorker",
        "rq.SpawnWorker",
        "rq.Worker",
        "rq.cron.CronScheduler",
        "rq.scheduler.RQScheduler",
        "rq.worker_pool.WorkerPool",
        "rq.worker.HerokuWorker",
        "rq.worker.RandomWorker",
        "rq.worker.RoundRobinWorker",
        "rq.worker.SimpleWorker",
        "rq.worker.SpawnWorker",
        "rq.worker.Worker",
    ),
    serve=(
        "rq.SimpleWorker().work",
        "rq.SpawnWorker().work",
        "rq.Worker().work",
        "rq.worker.BaseWorker().work",
        "rq.worker.HerokuWorker().work",
        "rq.worker.RandomWorker().work",
        "rq.worker.RoundRobinWorker().work",
        "rq.worker.SimpleWorker().work",
        "rq.worker.SpawnWorker().work",
        "rq.worker.Worker().work",
        "rq.cron.CronScheduler().start",
        "rq.scheduler.RQScheduler().work",
        "rq.worker_pool.WorkerPool().start",
    ),
    limits={"rq.*Worker().work": ("burst",)},
    load=("rq.cron.CronScheduler().load_config_from_file",),
    endings={
        **alike(
            CONSUMES._replace(handles_termination=True),
            "rq.*Worker().work",
            # source only
            "rq.worker_pool.WorkerPool().start",
        ),
        **alike(
            UNKNOWN,
            "rq.cron.CronScheduler().start",
            "rq.scheduler.RQScheduler().work",
        ),
    },
    signals={
        "rq.*Worker().work": SETS_SIGNALS,
    },
)
