"""What the rules tell to use instead, run for real: it refuses what it is there to refuse."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import harness
import pytest
from test_rules import RULES

from flake8_launcher import catalogue, rules

pytestmark = pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs POSIX")

OPENING = ("LS104", "LS303")
MAKING = ("LS305",)
DOCUMENTED = {rule.code: rule for rule in rules.discover()}

Opener = Callable[[Path], IO[str]]


def shown(code: str) -> str:
    """Return the code that a rule's documentation shows as a cure."""
    path, files = catalogue.example(DOCUMENTED[code], "Use instead")
    return files[path]


def remedy(code: str) -> dict[str, Any]:
    """Run the code that a rule's documentation shows as a cure, and return what it defines."""
    names: dict[str, Any] = {"__name__": "remedy"}
    exec(compile(shown(code), code, "exec"), names)
    return names


@pytest.fixture(params=OPENING)
def open_trusted(request: pytest.FixtureRequest) -> Opener:
    opener: Opener = remedy(request.param)["open_trusted"]
    return opener


def is_safe(folder: Path) -> bool:
    """Tell whether nobody but root and this user can write a folder and those above it."""
    for one in (folder, *folder.parents):
        status = one.stat()
        if status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
            return False
    return os.access(folder, os.W_OK)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that is safe; what pytest makes lies in one that everybody can write."""
    here = Path(__file__).resolve()
    candidates = (Path.home().resolve(), *here.parents, Path("/var/lib"), Path("/run"))
    base = next((one for one in candidates if one.is_dir() and is_safe(one)), None)
    if base is None:
        pytest.skip("every folder can be written by others")
    made = Path(tempfile.mkdtemp(prefix=".launcher-", dir=base))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / "api.conf"
    path.write_text("[api]\nport = 8000\n")
    path.chmod(0o640)
    return path


class Swap:
    """Replaces a file by a link at the last moment: when it is about to be opened."""

    path: Path | None = None
    target: Path

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self.path is not None and str(arguments[0]) == str(self.path):
            path, self.path = self.path, None
            path.unlink()
            path.symlink_to(self.target)


SWAP = Swap()
"""Audit hooks stay for ever: there is one, which does nothing unless it is told to."""


@pytest.fixture
def swap() -> Iterator[Swap]:
    if not hasattr(Swap, "installed"):
        sys.addaudithook(SWAP)
        setattr(Swap, "installed", True)
    yield SWAP
    SWAP.path = None


def test_safe_file_is_opened(open_trusted: Opener, config: Path) -> None:
    with open_trusted(config) as file:
        assert file.read() == "[api]\nport = 8000\n"


@pytest.mark.parametrize("mode", [0o666, 0o660, 0o602, 0o777])
def test_file_that_others_can_write_is_refused(
    open_trusted: Opener, config: Path, mode: int
) -> None:
    config.chmod(mode)
    with pytest.raises(PermissionError):
        open_trusted(config)


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775])
def test_folder_that_others_can_write_is_refused(
    open_trusted: Opener, config: Path, mode: int
) -> None:
    config.parent.chmod(mode)
    with pytest.raises(PermissionError):
        open_trusted(config)


def test_folder_further_up_counts(open_trusted: Opener, folder: Path) -> None:
    path = folder / "etc" / "orchard" / "api.conf"
    path.parent.mkdir(parents=True)
    path.write_text("")
    path.chmod(0o600)
    open_trusted(path).close()
    folder.chmod(0o777)
    with pytest.raises(PermissionError):
        open_trusted(path)


def test_link_put_there_before_the_open_is_refused(
    open_trusted: Opener, config: Path, swap: Swap
) -> None:
    swap.target = config.with_name("other.conf")
    swap.target.write_text("[api]\nport = 1\n")
    swap.target.chmod(0o600)
    swap.path = config
    with pytest.raises(OSError, match="symbolic link"):
        open_trusted(config)
    assert config.is_symlink()


def test_link_put_there_after_the_check_is_not_read(open_trusted: Opener, config: Path) -> None:
    with open_trusted(config) as file:
        config.rename(config.with_name("old.conf"))
        config.symlink_to("/dev/null")
        assert "8000" in file.read()


def test_link_leads_to_a_file_that_is_checked(open_trusted: Opener, config: Path) -> None:
    link = config.with_name("link.conf")
    link.symlink_to(config)
    open_trusted(link).close()
    config.chmod(0o666)
    with pytest.raises(PermissionError):
        open_trusted(link)


def test_real_folder_behind_a_link_is_checked(open_trusted: Opener, folder: Path) -> None:
    shared = folder / "shared"
    path = shared / "orchard" / "api.conf"
    path.parent.mkdir(parents=True)
    path.write_text("")
    path.chmod(0o600)
    link = folder / "orchard"
    link.symlink_to(path.parent)
    shared.chmod(0o777)
    with pytest.raises(PermissionError):
        open_trusted(link / "api.conf")


def test_relative_path_is_checked_up_to_the_root(
    open_trusted: Opener, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.parent.chmod(0o777)
    monkeypatch.chdir(config.parent)
    with pytest.raises(PermissionError):
        open_trusted(Path(config.name))


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="needs root to give files away"
)
def test_file_of_somebody_else_is_refused(open_trusted: Opener, config: Path) -> None:
    os.chown(config, 65534, -1)
    with pytest.raises(PermissionError):
        open_trusted(config)


def test_missing_file_is_refused(open_trusted: Opener, folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_trusted(folder / "api.conf")


@pytest.mark.parametrize("code", MAKING)
def test_pid_file_is_not_for_others(code: str, tmp_path: Path) -> None:
    write_pid = remedy(code)["write_pid"]
    path = tmp_path / "api.pid"
    before = os.umask(0o027)
    try:
        write_pid(path)
    finally:
        os.umask(before)
    assert path.read_text() == f"{os.getpid()}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("code", MAKING)
def test_pid_file_does_not_follow_a_link(code: str, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "api.pid").symlink_to(victim)
    with pytest.raises(FileExistsError):
        remedy(code)["write_pid"](tmp_path / "api.pid")
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("code", [*OPENING, *MAKING])
def test_no_rule_reports_a_remedy(code: str, tmp_path: Path) -> None:
    harness.configure(["--select=LS104,LS2,LS3,LS4,LS5,LS6"])
    text = shown(code)
    assert [report for report in harness.check(text, str(tmp_path / "pulse.py"))] == []
    assert len(RULES) == len(DOCUMENTED)
