"""LS608."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Call, Launcher, LaunchPath
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class UnguardedWorkers(Rule):
    """The top level of a module starts workers that import the module again.

    ## What it does

    Reports calls that start workers by the way of spawn, in which each worker imports the main
    module of the process again, where the top level of a module makes them and no
    `if __name__ == "__main__":` stands around: `uvicorn.run` with `workers` or `reload=True`,
    Sanic's `run`, Hypercorn's, `multiprocessing` whose start method is `spawn` or `forkserver`,
    by `set_start_method`, a context of its own or the `mp_context` of an executor, and
    `torch.multiprocessing.spawn`.
    `forkserver` is the default from Python 3.14 on, which counts where the project requires that.

    Nothing is reported in a `__main__.py`, which workers do not import again. Granian may be
    started at the top level.

    ## Why

    Each worker starts the server once more, instead of serving. Python stops that with
    `RuntimeError: An attempt has been made to start a new process before the current process has
    finished its bootstrapping phase`, and the workers die as fast as they are started.

    ## Example

    ```python
    import uvicorn

    uvicorn.run("pulse.web:app", workers=4)
    ```

    ## Use instead

    ```python
    import uvicorn

    if __name__ == "__main__":
        uvicorn.run("pulse.web:app", workers=4)
    ```

    ## When to ignore it

    Where the file is only ever started by a command that imports it under another name, so that
    the workers do not run it again.

    ## References

    - [multiprocessing: the spawn and forkserver start methods](
      https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods)
    - [Uvicorn: deployment](https://www.uvicorn.org/deployment/)
    """

    code = "LS608"
    name = "unguarded-workers"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that starts workers."""
        if launcher.standing.is_main_module or known.ENDS_ON_IMPORT.search(launcher.text):
            return
        yield from (
            Violation(step.line, step.column, text)
            for path in launcher.run_as_script
            for step, text in _unguarded(launcher, path)
        )


def _unguarded(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Call, str]]:
    if path.names.isdisjoint({*known.SPAWNS, *known.MAKES_PROCESS, known.ALWAYS_SPAWNS}):
        return
    told: str | None = None
    for step in path.calls:
        if step.name in known.START_METHODS and step.arguments:
            told = step.arguments[0].text or ""
        is_top_level = step.origin is not None and step.chain[0] == launcher.module
        if not is_top_level or step.is_imported or not _is_taken(step):
            continue
        server = known.SPAWNS.get(step.name)
        if server is not None:
            if not order.asks_for_workers(path, step, server):
                continue
        elif not _spawns(launcher, path, step, told):
            continue
        text = f"{step.way} starts workers that import the module again, and start workers"
        yield step, f"{text}: no if __name__ == '__main__' stands around"


def _is_taken(step: Call) -> bool:
    """Tell whether a call is made, in a loop at least once: that is there to make several."""
    kinds = {arm.kind for arm in step.arms}
    return not step.conditional or kinds == {"loop"}


def _spawns(launcher: Launcher, path: LaunchPath, step: Call, told: str | None) -> bool:
    """Tell whether a call surely starts a process that imports the main module.

    :param told: the start method that multiprocessing was told to have, if it was.
    """
    if step.name == known.ALWAYS_SPAWNS:
        return True
    if step.name not in known.MAKES_PROCESS:
        return False
    made = step.name.rpartition("().")[0]
    executors = (one for one in path.calls if one.name == made in known.EXECUTORS)
    given = [one.keyword(known.GIVEN_CONTEXT) for one in executors]
    if step.name.startswith(known.CONTEXTS) or any(given):
        # of several contexts or executors, any may be the one
        contexts = [one for one in path.calls if one.name in known.OF_CONTEXT]
        named = [one.arguments[0].text if one.arguments else None for one in contexts]
        return bool(named) and all(given) and all(name in known.SPAWNING for name in named)
    if told is None:
        return launcher.standing.oldest_python >= known.SPAWNS_BY_DEFAULT
    return told in known.SPAWNING
