"""An editor's view: a real language server runs flake8 with this plugin on a buffer."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pytest

TIMEOUT = 60
"""Seconds for one answer of the server."""

LAUNCHER = """\
import uvicorn


def main():
    uvicorn.run("svc.api:app")
"""

GUARDED = """\
import sys

import uvicorn


def main():
    try:
        uvicorn.run("svc.api:app")
    except Exception as error:
        sys.exit(f"svc: {error}")
"""

PATCHED = """\
import eventlet

eventlet.monkey_patch()

import uvicorn


def main():
    uvicorn.run("svc.api:app")
"""


class Client:
    """As much of a Language Server Protocol client as the tests need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._versions = itertools.count(1)
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def __enter__(self) -> Client:
        self._errors = self._folder.joinpath("errors.txt").open("wb")
        # The server starts the flake8 that it finds: it has to be the one beside this Python.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._folder,
            env={**os.environ, "PATH": path},
        )
        assert self.process.stdin
        assert self.process.stdout
        self._stdin = self.process.stdin
        self._stdout = self.process.stdout
        self._reader = threading.Thread(target=self._read, args=[self._stdout], daemon=True)
        self._reader.start()
        try:
            self._start()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                self.process.wait(TIMEOUT)
        finally:
            self._close()

    def _start(self) -> None:
        root = self._folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root,
                "capabilities": {},
                "workspaceFolders": [{"uri": root, "name": "svc"}],
            },
        )
        self.notify("initialized", {})
        others = {"pycodestyle", "pyflakes", "mccabe", "pylint", "pydocstyle", "autopep8"}
        plugins: dict[str, object] = {name: {"enabled": False} for name in others}
        plugins["flake8"] = {"enabled": True, "select": ["LS"]}
        self.notify(
            "workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": plugins}}}
        )

    def _close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(TIMEOUT)
        self._stdin.close()
        self._reader.join(TIMEOUT)
        self._stdout.close()
        self._errors.close()

    def _read(self, stream: IO[bytes]) -> None:
        """Put each message of the server into the queue; ``None`` says that it ended."""
        try:
            while header := stream.readline():
                length = 0
                while header.strip():
                    name, _, value = header.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                    header = stream.readline()
                self._messages.put(json.loads(stream.read(length)))
        finally:
            self._messages.put(None)

    def _next(self, deadline: float) -> dict[str, Any]:
        try:
            message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            message = None
        if message is None:
            errors = self._folder.joinpath("errors.txt").read_text(encoding="utf-8")
            raise AssertionError(f"the server does not answer: {errors}")
        if "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._stdin.flush()

    def notify(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object) -> Any:
        """Send a request and return its result."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        deadline = time.monotonic() + TIMEOUT
        while True:
            message = self._next(deadline)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def diagnostics(self, path: Path, wanted: list[str]) -> list[dict[str, Any]]:
        """Wait until the server publishes these codes for a file."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            message = self._next(deadline)
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            found: list[dict[str, Any]] = params["diagnostics"]
            if params["uri"] == path.as_uri() and [item["code"] for item in found] == wanted:
                return found

    def open(self, path: Path, text: str) -> None:
        document = {
            "uri": path.as_uri(),
            "languageId": "python",
            "version": next(self._versions),
            "text": text,
        }
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: Path, text: str) -> None:
        """Change the buffer, and do not save it."""
        document = {"uri": path.as_uri(), "version": next(self._versions)}
        params = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.notify("textDocument/didChange", params)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with Client(tmp_path) as started:
        yield started
    assert started.process.returncode == 0


def test_a_buffer_is_reviewed_while_it_is_edited(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "svc" / "launcher.py"
    path.parent.mkdir()
    path.write_text(LAUNCHER, encoding="utf-8")

    client.open(path, LAUNCHER)
    (serve,) = client.diagnostics(path, ["LS103"])
    assert serve["source"] == "flake8"
    assert serve["message"].startswith("LS103 ")
    assert "uvicorn.run" in serve["message"]
    assert serve["range"]["start"] == {"line": 4, "character": 4}
    assert serve["range"]["end"]["line"] == 4

    client.change(path, GUARDED)
    assert client.diagnostics(path, []) == []

    client.change(path, PATCHED)
    patch, serve = client.diagnostics(path, ["LS101", "LS103"])
    assert patch["range"]["start"] == {"line": 2, "character": 0}
    assert serve["range"]["start"] == {"line": 8, "character": 4}
    assert path.read_text(encoding="utf-8") == LAUNCHER


def test_a_buffer_that_was_never_saved(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    client.open(path, PATCHED)
    patch, _ = client.diagnostics(path, ["LS101", "LS103"])
    assert "eventlet.monkey_patch" in patch["message"]
    assert not path.exists()
