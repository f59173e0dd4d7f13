"""Twisted, event-driven networking."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    BOTH,
    FUTURE,
    LISTENS,
    LOST,
    Ending,
    Framework,
    Signals,
    alike,
)

_TWISTED = Ending(
    blocks=True,
    status="none",
    swallows=BOTH,
    handles_termination=True,
    tells="logs what fails inside the reactor and goes on",
)

_RUN = "twisted.internet.reactor.run"

FRAMEWORK = Framework(
    distributions=("Twisted",),
    create=(
        "twisted.application.internet.SSLServer",
        "twisted.application.internet.StreamServerEndpointService",
        "twisted.application.internet.TCPServer",
        "twisted.application.internet.UDPServer",
        "twisted.application.internet.UNIXServer",
        "twisted.application.service.Application",
        "twisted.application.service.MultiService",
        "twisted.application.service.Service",
        "twisted.internet.endpoints.AdoptedStreamServerEndpoint",
        "twisted.internet.endpoints.SSL4ServerEndpoint",
        "twisted.internet.endpoints.TCP4ServerEndpoint",
        "twisted.internet.endpoints.TCP6ServerEndpoint",
        "twisted.internet.endpoints.UNIXServerEndpoint",
        "twisted.internet.endpoints.serverFromString",
        # They bind; nothing is accepted before the reactor runs.
        "twisted.internet.endpoints.AdoptedStreamServerEndpoint().listen",
        "twisted.internet.endpoints.SSL4ServerEndpoint().listen",
        "twisted.internet.endpoints.TCP4ServerEndpoint().listen",
        "twisted.internet.endpoints.TCP6ServerEndpoint().listen",
        "twisted.internet.endpoints.UNIXServerEndpoint().listen",
        "twisted.internet.endpoints.serverFromString().listen",
        "twisted.internet.reactor.listenSSL",
        "twisted.internet.reactor.listenTCP",
        "twisted.internet.reactor.listenUDP",
        "twisted.internet.reactor.listenUNIX",
    ),
    serve=(
        "twisted.application.app.ApplicationRunner().run",
        "twisted.application.app.run",
        "twisted.application.app.runReactorWithLogging",
        "twisted.internet.asyncioreactor.AsyncioSelectorReactor().run",
        "twisted.internet.base.ReactorBase().run",
        "twisted.internet.epollreactor.EPollReactor().run",
        "twisted.internet.pollreactor.PollReactor().run",
        "twisted.internet.reactor.run",
        "twisted.internet.selectreactor.SelectReactor().run",
        "twisted.internet.task.react",
        "twisted.scripts._twistd_unix.UnixApplicationRunner().run",
        "twisted.scripts.twistd.run",
        "twisted.scripts.twistd.runApp",
    ),
    load=("twisted.application.service.loadApplication",),
    log=(
        "twisted.logger.globalLogBeginner.beginLoggingTo",
        "twisted.python.log.PythonLoggingObserver().start",
        "twisted.python.log.startLogging",
        "twisted.python.log.startLoggingWithObserver",
    ),
    endings={
        **alike(
            _TWISTED,
            "twisted.internet.reactor.run",
            "twisted.internet.*Reactor*().run",
            "twisted.application.app.ApplicationRunner().run",
            "twisted.application.app.run",
            "twisted.application.app.runReactorWithLogging",
            "twisted.scripts._twistd_unix.UnixApplicationRunner().run",
            "twisted.scripts.twistd.run",
            "twisted.scripts.twistd.runApp",
        ),
        "twisted.internet.task.react": Ending(
            blocks=True,
            status="exits",
            code=1,
            tells="logs the failure and exits with status 1",
            swallows=BOTH,
            handles_termination=True,
        ),
        "twisted.internet.reactor.listen*": LISTENS._replace(needs=_RUN),
        "twisted.internet.endpoints.*().listen": Ending(
            blocks=False,
            status="returned",
            binds=True,
            detached=True,
            tells=(
                "returns a Deferred that keeps the failure: without an errback it is only logged"
            ),
            needs=_RUN,
        ),
        **alike(
            FUTURE._replace(tells="returns a Deferred that keeps the failure", needs=_RUN),
            "twisted.internet.threads.deferToThread",
            "twisted.internet.task.deferLater",
            "twisted.internet.task.LoopingCall().start",
        ),
        **alike(
            LOST._replace(tells="logs what fails and goes on", needs=_RUN),
            "twisted.internet.reactor.callFromThread",
            "twisted.internet.reactor.callInThread",
            "twisted.internet.reactor.callLater",
            "twisted.internet.reactor.callWhenRunning",
        ),
    },
    raises={
        "twisted.internet.reactor.listen*": (
            "twisted.internet.error.CannotListenError",
            "OverflowError",
            "TypeError",
        ),
    },
    errors={
        "twisted.internet.error.BindError": ("Exception",),
        "twisted.internet.error.CannotListenError": ("twisted.internet.error.BindError",),
    },
    backends=(
        "twisted.internet.asyncioreactor.install",
        "twisted.internet.epollreactor.install",
        "twisted.internet.selectreactor.install",
    ),
    signals={
        "twisted.internet.reactor.run": Signals(("installSignalHandlers",), 0),
    },
)
