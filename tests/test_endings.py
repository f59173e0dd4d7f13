"""How serve, start and wait calls end, and what launch steps raise: tables and real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import endings as oracle
import pytest

from flake8_launcher.knowledge import canonical, raises
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.knowledge.frameworks import PACKAGES, known_of
from flake8_launcher.knowledge.raises import (
    ancestors,
    is_complete,
    may_catch,
    raised_by,
    type_of,
)

FRAMEWORKS = [known_of(package) for package in sorted(PACKAGES)]
ENDINGS = {name: said for one in FRAMEWORKS for name, said in one.endings.items()}
RAISED = dict(raises.RAISED)
BASES = dict(raises.BASES)
ALIASES = dict(raises.ALIASES)
for framework in FRAMEWORKS:
    RAISED |= framework.raises
    BASES |= framework.errors
    ALIASES |= framework.aliases


def ending(case: oracle.Case) -> Ending:
    found = ending_of(case.name, dict(case.keywords))
    assert found is not None
    return found


def observations() -> Iterator[tuple[oracle.Case, str]]:
    """Yield what the tables say something about."""
    for case in oracle.CASES:
        said = ending(case)
        if case.fails and said.status:
            yield case, "failing"
        if case.call and said.binds:
            yield case, "taken"
        if case.call and said.blocks:
            yield case, "interrupt"
            yield case, "exit"
            if said.handles_termination is not None:
                yield case, "ignored"
        if case.call and said.needs:
            yield case, "unwaited"


def goes_on(said: Ending, scenario: str) -> bool:
    """Tell whether the process is still there afterwards, by the tables."""
    if scenario == "ignored":
        return not said.handles_termination
    if scenario in ("interrupt", "exit"):
        return said.lingers
    return scenario == "failing" and said.status == "none"


def name_of(value: object) -> str | None:
    if isinstance(value, oracle.Case):
        return value.name + "".join(f"({key}={given})" for key, given in value.keywords)
    return None


@pytest.fixture(scope="session")
def started(request: pytest.FixtureRequest) -> Iterator[dict[object, Future[oracle.Seen]]]:
    """Run the processes of the selected tests, several at a time."""
    wanted: list[tuple[oracle.Case, str]] = [
        cast("tuple[oracle.Case, str]", tuple(item.callspec.params.values()))
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.originalname == test_calls_end_as_the_table_says.__name__
    ]
    # most of them sleep most of the time
    with ThreadPoolExecutor(2 + 2 * (os.cpu_count() or 1)) as pool:
        yield {
            (case, scenario): pool.submit(
                oracle.observe,
                case,
                scenario,
                oracle.QUIET if goes_on(ending(case), scenario) else oracle.BOUND,
            )
            for case, scenario in wanted
            if case.installed
        }
        pool.shutdown(cancel_futures=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the table is made on Linux")
@pytest.mark.parametrize(("case", "scenario"), tuple(observations()), ids=name_of)
def test_calls_end_as_the_table_says(
    case: oracle.Case, scenario: str, started: dict[object, Future[oracle.Seen]]
) -> None:
    if not case.installed:
        pytest.skip(f"{case.module} is not installed; tox -e endings does that")
    seen = started[case, scenario].result()
    CHECKS[scenario](ending(case), seen)


def check_start(said: Ending, seen: oracle.Seen) -> None:
    """Check how a start fails."""
    match said.status:
        case "raises":
            assert seen.said.startswith("raised ") and "SystemExit" not in seen.said, seen
            assert seen.status == 1, seen.errors
        case "exits":
            # os._exit leaves nothing to say
            assert seen.said in ("raised builtins.SystemExit", ""), seen.errors
            assert seen.status == said.code, seen.errors
        case "returned":
            assert seen.said.startswith("returned ") and seen.said != "returned None", seen.errors
            assert seen.status == 0, seen.errors
        case "swallowed":
            assert seen.said.startswith("returned "), seen.errors
            assert seen.status == 0, seen.errors
        case "none":
            assert said.respawns
            assert seen == replace(seen, status=None, said=""), seen.errors


def check_interrupt(said: Ending, seen: oracle.Seen) -> None:
    """Check what becomes of Ctrl-C."""
    assert seen.started and not seen.early, seen.errors
    if said.lingers:
        assert (seen.status, seen.said) == (None, "raised builtins.KeyboardInterrupt")
    else:
        assert seen.status is not None, seen.errors
        assert (seen.status == 0) == ("KeyboardInterrupt" in said.swallows), seen


def check_exit(said: Ending, seen: oracle.Seen) -> None:
    """Check what becomes of the exit status of a signal handler."""
    assert seen.started and not seen.early, seen.errors
    if said.lingers:
        assert (seen.status, seen.said) == (None, "raised builtins.SystemExit")
    else:
        assert seen.status is not None, seen.errors
        assert (seen.status != 7) == ("SystemExit" in said.swallows), seen


def check_ignored(said: Ending, seen: oracle.Seen) -> None:
    """Check whether the call has a handler of its own."""
    assert seen.started and not seen.early, seen.errors
    assert (seen.status is not None) == said.handles_termination, seen


def check_unwaited(said: Ending, seen: oracle.Seen) -> None:
    """Check that the process ends when nothing waits."""
    assert not said.blocks
    assert seen.said.startswith("returned "), seen.errors
    assert seen.status == 0, seen.errors


CHECKS = {
    "taken": check_start,
    "failing": check_start,
    "interrupt": check_interrupt,
    "exit": check_exit,
    "ignored": check_ignored,
    "unwaited": check_unwaited,
}


# --- the tables


def test_names_are_those_that_calls_are_known_by() -> None:
    assert [name for name in ENDINGS if canonical(name) != name] == []
    assert [name for name in RAISED if canonical(name) != name] == []


def test_every_call_that_serves_or_waits_has_an_ending() -> None:
    calls = {
        name
        for framework in FRAMEWORKS
        for name in (*framework.start, *framework.serve, *framework.wait)
    }
    assert {name for name in calls if ending_of(name.replace("*", "")) is None} == {
        # what it returns is called, and the file says what that is
        "paste.deploy.loadserver()",
        "paste.deploy.loadwsgi.loadserver()",
        # other parts of the framework serve
        "locust.env.Environment().create_web_ui",
        "ryu.cmd.manager.main",
    }


def test_calls_that_follow_are_known() -> None:
    for needed in {said.needs for said in ENDINGS.values() if said.needs}:
        said = ending_of(needed)
        assert said is not None and said.blocks, needed


@pytest.mark.parametrize("name", ENDINGS)
def test_endings_hold_together(name: str) -> None:
    said = ENDINGS[name]
    assert said.code is not None or said.status != "exits"
    assert said.code is None or said.status in ("exits", "returned")
    assert not (said.blocks and said.needs)
    assert not (said.binds and said.status in (None, "none"))
    assert not said.respawns or said.tells
    assert said.tells or said.status not in ("returned", "swallowed")
    assert set(said.swallows) <= {"KeyboardInterrupt", "SystemExit"}


@pytest.mark.parametrize(
    ("name", "status", "exit_status"),
    [
        ("uvicorn.run", "exits", 3),
        ("waitress.serve", "raises", 1),
        ("daphne.server.Server().run", "swallowed", 0),
        ("oslo_service.service.launch().wait", "returned", 0),
        ("cotyledon.ServiceManager().run", "none", None),
        # names that stand for others
        ("oslo.service.service.launch().wait", "returned", 0),
        ("heat.openstack.common.service.launch().wait", "returned", 0),
        ("Pyro4.Daemon().requestLoop", "none", None),
    ],
)
def test_the_exit_status_follows(name: str, status: str, exit_status: int | None) -> None:
    said = ending_of(name)
    assert said is not None
    assert (said.status, said.exit_status) == (status, exit_status)


@pytest.mark.parametrize(
    ("name", "keywords", "status", "blocks"),
    [
        ("gevent.joinall", {}, "swallowed", True),
        ("gevent.joinall", {"timeout": 3}, "swallowed", True),
        ("gevent.joinall", {"raise_error": True}, "raises", True),
        ("gevent.joinall", {"raise_error": False}, "swallowed", True),
        # a value that is not known
        ("gevent.joinall", {"raise_error": None}, None, True),
        ("uvicorn.run", {"workers": 1}, "exits", True),
        ("uvicorn.run", {"workers": 4}, "swallowed", True),
        ("uvicorn.run", {"workers": "4"}, "exits", True),
        ("oslo_service.service.launch", {"workers": 4}, "none", False),
        ("oslo_service.service.launch", {"no_fork": True}, None, None),
        ("gradio.Blocks().launch", {"prevent_thread_lock": True}, "raises", False),
        ("gradio.Blocks().launch", {"prevent_thread_lock": None}, "raises", None),
    ],
)
def test_keywords_decide(
    name: str, keywords: dict[str, object], status: str | None, blocks: bool | None
) -> None:
    said = ending_of(name, keywords)
    assert said is not None
    assert (said.status, said.blocks) == (status, blocks)


@pytest.mark.parametrize("name", ["serve", "uvicorn", "uvicorn.Config", "project.service.run"])
def test_of_other_names_nothing_is_known(name: str) -> None:
    assert ending_of(name) is None
    assert raised_by(name) == ()
    assert not is_complete(name)


def test_every_type_has_known_bases() -> None:
    bases = {base for one in BASES.values() for base in one} - {"object"}
    assert bases <= BASES.keys()
    assert {raised for one in RAISED.values() for raised in one} <= BASES.keys()
    assert all(name in BASES for name in ALIASES.values() if name != "configparser")
    assert all("BaseException" in ancestors(name) for name in BASES)


TYPES = """
import importlib, json, sys
found = {}
for name in json.load(sys.stdin):
    module, _, attribute = name.rpartition(".")
    try:
        real = getattr(importlib.import_module(module or "builtins"), attribute)
        found[name] = [f"{base.__module__}.{base.__qualname__}" for base in real.__mro__]
    except (ImportError, AttributeError):
        pass
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def real_types() -> dict[str, list[str]]:
    """Return the types that are installed, each with all that it derives from."""
    # eventlet and its kin are imported elsewhere than here
    command = [sys.executable, "-W", "ignore", "-c", TYPES]
    names = json.dumps([*BASES, *ALIASES])
    found: dict[str, list[str]] = json.loads(
        subprocess.check_output(command, input=names, text=True, stderr=subprocess.DEVNULL)
    )
    return found


@pytest.mark.parametrize("name", [*BASES, *(name for name in ALIASES if type_of(name))])
def test_types_are_what_the_libraries_have(name: str, real_types: dict[str, list[str]]) -> None:
    if name not in real_types:
        pytest.skip(f"{name} is not installed; tox -e endings has most of them")
    known = type_of(name)
    assert known is not None
    own, *above = (base.removeprefix("builtins.") for base in real_types[name])
    # before Python 3.11, two libraries had a timeout of their own
    if not name.endswith("TimeoutError"):
        # what is no alias may come from a private module
        assert own == known or name == known
        assert {*above, "object"} == (ancestors(known) - {known}) | {"object"}


@pytest.mark.parametrize(
    ("handler", "raised", "may"),
    [
        ("RuntimeError", "oslo_config.cfg.RequiredOptError", False),
        ("oslo_config.cfg.Error", "SystemExit", False),
        ("Exception", "SystemExit", False),
        ("BaseException", "SystemExit", True),
        ("ImportError", "oslo_config.cfg.NoSuchOptError", False),
        ("AttributeError", "oslo.config.cfg.NoSuchOptError", True),
        ("ValueError", "oslo_config.cfg.ConfigFileValueError", True),
        ("IOError", "socket.error", True),
        ("socket.error", "OSError", True),
        ("builtins.OSError", "twisted.internet.error.CannotListenError", False),
        # a type that is raised stands for those below it
        ("PermissionError", "OSError", True),
        ("ConfigParser.MissingSectionHeaderError", "configparser.ParsingError", True),
        ("ConfigParser.NoOptionError", "configparser.ParsingError", False),
        ("yaml.YAMLError", "yaml.error.YAMLError", True),
        ("json.JSONDecodeError", "ValueError", True),
        # not known
        ("project.errors.Broken", "SystemExit", None),
        ("Exception", "project.errors.Broken", None),
    ],
)
def test_handlers_may_catch(handler: str, raised: str, may: bool | None) -> None:
    assert may_catch(handler, raised) is may


@pytest.mark.parametrize(
    ("name", "some", "complete"),
    [
        ("oslo_config.cfg.CONF", "oslo_config.cfg.ConfigFilesNotFoundError", True),
        ("nova.conf.CONF", "SystemExit", True),
        ("oslo_config.cfg.ConfigOpts()", "oslo_config.cfg.RequiredOptError", True),
        ("oslo_config.cfg.CONF.import_opt", "oslo_config.cfg.NoSuchOptError", False),
        ("oslo_config.cfg.CONF.register_cli_opt", "oslo_config.cfg.ArgsAlreadyParsedError", True),
        ("argparse.ArgumentParser().parse_args", "SystemExit", True),
        ("http.server.HTTPServer", "OSError", True),
        ("twisted.internet.reactor.listenSSL", "twisted.internet.error.CannotListenError", True),
        # by its ending, and the application's own failures come on top
        ("uvicorn.run", "SystemExit", False),
        ("waitress.serve", "OSError", False),
    ],
)
def test_steps_raise(name: str, some: str, complete: bool) -> None:
    assert some in raised_by(name)
    assert is_complete(name) is complete
