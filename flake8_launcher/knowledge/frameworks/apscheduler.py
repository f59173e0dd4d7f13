"""APScheduler, which runs jobs on a schedule."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    CONSUMES,
    FUTURE,
    SERVES,
    WAITS,
    Ending,
    Framework,
    alike,
)

FRAMEWORK = Framework(
    distributions=("APScheduler",),
    create=(
        "apscheduler.schedulers.asyncio.AsyncIOScheduler",
        "apscheduler.schedulers.background.BackgroundScheduler",
        "apscheduler.schedulers.blocking.BlockingScheduler",
        "apscheduler.schedulers.gevent.GeventScheduler",
        "apscheduler.schedulers.qt.QtScheduler",
        "apscheduler.schedulers.tornado.TornadoScheduler",
        "apscheduler.schedulers.twisted.TwistedScheduler",
    ),
    start=(
        "apscheduler.schedulers.asyncio.AsyncIOScheduler().start",
        "apscheduler.schedulers.background.BackgroundScheduler().start",
        "apscheduler.schedulers.gevent.GeventScheduler().start",
        "apscheduler.schedulers.qt.QtScheduler().start",
        "apscheduler.schedulers.tornado.TornadoScheduler().start",
        "apscheduler.schedulers.twisted.TwistedScheduler().start",
    ),
    serve=(
        "apscheduler.schedulers.blocking.BlockingScheduler().start",
        # APScheduler 4.
        "apscheduler.AsyncScheduler().run_until_stopped",
        "apscheduler.AsyncScheduler().start_in_background",
        "apscheduler.Scheduler().run_until_stopped",
        "apscheduler.Scheduler().start_in_background",
    ),
    wait=(
        "apscheduler.AsyncScheduler().wait_until_stopped",
        "apscheduler.Scheduler().wait_until_stopped",
    ),
    endings={
        "apscheduler.schedulers.blocking.BlockingScheduler().start": SERVES,
        **alike(
            Ending(blocks=False, status="none", needs="threading.Event().wait"),
            "apscheduler.schedulers.background.BackgroundScheduler().start",
            "apscheduler.schedulers.qt.QtScheduler().start",
        ),
        "apscheduler.schedulers.asyncio.AsyncIOScheduler().start": Ending(
            blocks=False, status="none", needs="asyncio.AbstractEventLoop().run_forever"
        ),
        "apscheduler.schedulers.tornado.TornadoScheduler().start": Ending(
            blocks=False, status="none", needs="tornado.ioloop.IOLoop().start"
        ),
        "apscheduler.schedulers.twisted.TwistedScheduler().start": Ending(
            blocks=False, status="none", needs="twisted.internet.reactor.run"
        ),
        # returns the greenlet of its loop
        "apscheduler.schedulers.gevent.GeventScheduler().start": FUTURE._replace(
            needs="gevent.joinall"
        ),
        # source only
        "apscheduler.*Scheduler().run_until_stopped": CONSUMES,
        "apscheduler.*Scheduler().start_in_background": Ending(
            blocks=False, status="raises", needs="apscheduler.Scheduler().wait_until_stopped"
        ),
        "apscheduler.*Scheduler().wait_until_stopped": WAITS,
    },
)
