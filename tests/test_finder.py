"""Modules are found from folder listings: in the project, as regular files, and nowhere else."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import harness
import pytest

from flake8_launcher.files import MAX_BYTES
from flake8_launcher.semantic.reading import loading, modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Defined, Module

PACKAGE = {"svc/__init__.py": "", "svc/cmd.py": "", "svc/util.py": "def prepare(): ...\n"}


def finder_for(path: Path, text: str = "") -> Finder:
    """Return the finder of a file that is checked with some text."""
    name, package = modules.locate(str(path))
    return Finder(Module(name, str(path), package, given=(text, ast.parse(text))))


def project(folder: Path, files: Mapping[str, str] | None = None) -> Finder:
    """Write a small project, with some more files, and return the finder of its launcher."""
    harness.write(folder, {**PACKAGE, **(files or {})})
    return finder_for(folder / "svc" / "cmd.py")


def names(module: Module | None) -> set[str]:
    """Return the names that a module binds; it must have been found."""
    assert module is not None
    return set(module.bindings)


def is_unknown(module: Module | None) -> bool:
    """Tell whether nothing can be learnt of a module: it is not there, or nothing in it reads."""
    return module is None or all(
        isinstance(binding, Defined) and binding.node is None
        for bindings in module.bindings.values()
        for binding in bindings
    )


def test_module_of_the_package(tmp_path: Path) -> None:
    module = project(tmp_path)("svc.util")
    assert module is not None
    assert (module.name, module.package) == ("svc.util", "svc")
    assert module.path == str(tmp_path / "svc" / "util.py")
    assert names(module) == {"prepare"}


def test_package(tmp_path: Path) -> None:
    module = project(tmp_path, {"svc/net/__init__.py": "X = 1\n"})("svc.net")
    assert module is not None
    assert (module.name, module.package) == ("svc.net", "svc.net")
    assert names(module) == {"X"}


def test_package_goes_before_a_module_of_the_same_name(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/net.py": "M = 1\n", "svc/net/__init__.py": "P = 1\n"})
    assert names(find("svc.net")) == {"P"}


def test_module_goes_before_a_folder_without_init(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/net.py": "M = 1\n", "svc/net/readme.txt": ""})
    assert names(find("svc.net")) == {"M"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".svc",
        "svc.",
        "svc..util",
        "svc.nothing",
        "svc.util.prepare",
        "svc.util.py",
        "svc/util",
        "../svc",
        "svc.util\0",
        "svc.util ",
        "svc.cmd-api",
        "svc.1",
        "os",
        "os.path",
        "json",
        "socket",
        "pytest",
        "astroid",
        "flake8_launcher",
        "x" * 5_000,
        ".".join(["svc"] * 5_000),
        "svc.\udc80",
    ],
)
def test_what_the_project_does_not_have(tmp_path: Path, name: str) -> None:
    assert project(tmp_path)(name) is None


def test_top_level_modules_beside_the_package(tmp_path: Path) -> None:
    find = project(tmp_path, {"tools.py": "T = 1\n", "other/__init__.py": "O = 1\n"})
    assert names(find("tools")) == {"T"}
    assert names(find("other")) == {"O"}


@pytest.mark.parametrize("name", ["src", "lib", "python"])
def test_root_below_the_project(tmp_path: Path, name: str) -> None:
    files = {f"{name}/svc/__init__.py": "", f"{name}/svc/util.py": "U = 1\n", "setup.cfg": ""}
    harness.write(tmp_path, {**files, "bin/start": ""})
    assert names(finder_for(tmp_path / "bin" / "start")("svc.util")) == {"U"}


@pytest.mark.parametrize("mark", ["setup.cfg", "pyproject.toml", "setup.py", ".git/HEAD"])
def test_several_roots_in_a_repository(tmp_path: Path, mark: str) -> None:
    files = {"st2common/st2common/__init__.py": "", "st2common/st2common/util.py": "U = 1\n"}
    files |= {"st2api/st2api/__init__.py": "", "st2api/st2api/cmd/__init__.py": ""}
    harness.write(tmp_path, {**files, "st2api/st2api/cmd/api.py": "", mark: ""})
    find = finder_for(tmp_path / "st2api" / "st2api" / "cmd" / "api.py")
    assert names(find("st2common.util")) == {"U"}
    assert find.project.relative(str(tmp_path / "st2common/st2common/util.py")) == (
        "st2common/st2common/util.py"
    )


@pytest.mark.parametrize("mark", ["setup.cfg", "pyproject.toml", "setup.py", ".git/HEAD"])
def test_folder_of_the_project_is_no_package(tmp_path: Path, mark: str) -> None:
    """It may hold an ``__init__.py``, and lie beside a package that is called like its own."""
    files = {"repo/__init__.py": "", f"repo/{mark}": "", "svc/__init__.py": "", "svc/util.py": ""}
    inner = {f"repo/{name}": text for name, text in PACKAGE.items()}
    harness.write(tmp_path, {**files, **inner})
    find = finder_for(tmp_path / "repo" / "svc" / "cmd.py")
    assert names(find("svc.util")) == {"prepare"}
    assert find("repo") is None


def test_packages_with_a_setup_each(tmp_path: Path) -> None:
    files = {"svc/net/__init__.py": "", "svc/net/setup.py": "", "svc/net/tcp.py": ""}
    harness.write(tmp_path, {**PACKAGE, **files, "setup.py": ""})
    assert names(finder_for(tmp_path / "svc/net/tcp.py")("svc.util")) == {"prepare"}


def test_modules_beside_a_file_that_is_run(tmp_path: Path) -> None:
    start = "import helper\nif __name__ == '__main__':\n    helper.go()\n"
    files = {"svc/helper.py": "def go(): ...\n", "svc/logging.py": "", "svc/redis.py": ""}
    harness.write(tmp_path, {**PACKAGE, **files, "svc/run.py": start})
    find = finder_for(tmp_path / "svc" / "run.py", start)
    assert names(find("helper")) == {"go"}
    assert find("logging") is None
    assert find("redis") is None
    assert finder_for(tmp_path / "svc" / "cmd.py")("helper") is None


def test_repository_is_not_left(tmp_path: Path) -> None:
    files = {"other/__init__.py": "", "setup.cfg": "", "one/.git/HEAD": ""}
    harness.write(tmp_path, {**files, "one/svc/__init__.py": "", "one/svc/cmd.py": ""})
    assert finder_for(tmp_path / "one" / "svc" / "cmd.py")("other") is None


def test_script_does_not_hide_the_package_of_its_name(tmp_path: Path) -> None:
    harness.write(tmp_path, {**PACKAGE, "setup.cfg": "", "bin/svc": "print()\n"})
    find = finder_for(tmp_path / "bin" / "svc", "print()\n")
    assert names(find("svc.util")) == {"prepare"}
    package = find("svc")
    assert package is not None
    assert package.path == str(tmp_path / "svc" / "__init__.py")


def test_namespace_package(tmp_path: Path) -> None:
    files = {"acme/common/__init__.py": "C = 1\n", "acme/billing/__init__.py": ""}
    harness.write(tmp_path, {**files, "acme/billing/cmd.py": "", "pyproject.toml": ""})
    find = finder_for(tmp_path / "acme" / "billing" / "cmd.py")
    assert names(find("acme.common")) == {"C"}


def test_file_at_the_top_of_the_project(tmp_path: Path) -> None:
    """A folder without ``__init__.py`` is a part of what begins at the top; ``src`` is a top."""
    files = {".git/HEAD": "", "settings.py": "STORE = 1\n", "app/core/db.py": "", "src/db.py": ""}
    harness.write(tmp_path, files)
    assert names(finder_for(tmp_path / "app" / "core" / "db.py")("settings")) == {"STORE"}
    assert finder_for(tmp_path / "src" / "db.py")("settings") is None


def test_places_in_messages(tmp_path: Path) -> None:
    find = project(tmp_path, {"setup.cfg": ""})
    assert find.project.relative(str(tmp_path / "svc" / "util.py")) == "svc/util.py"
    assert find.project.relative(str(tmp_path / "svc" / "a" / "b.py")) == "svc/a/b.py"


def test_checked_file_wins_over_the_disk(tmp_path: Path) -> None:
    harness.write(tmp_path, {**PACKAGE, "svc/cmd.py": "old = 1\n"})
    find = finder_for(tmp_path / "svc" / "cmd.py", "new = 1\n")
    assert names(find("svc.cmd")) == {"new"}


def test_disk_is_not_the_buffer_of_another_check(tmp_path: Path) -> None:
    harness.write(tmp_path, {**PACKAGE, "svc/cmd.py": "old = 1\n"})
    finder_for(tmp_path / "svc" / "cmd.py", "new = 1\n")("svc.cmd")
    assert names(finder_for(tmp_path / "svc" / "util.py")("svc.cmd")) == {"old"}


def test_checked_file_that_is_not_on_disk(tmp_path: Path) -> None:
    harness.write(tmp_path, PACKAGE)
    find = finder_for(tmp_path / "svc" / "unsaved.py", "new = 1\n")
    assert names(find("svc.unsaved")) == {"new"}
    assert names(find("svc.util")) == {"prepare"}


def test_folder_that_is_not_on_disk(tmp_path: Path) -> None:
    find = finder_for(tmp_path / "no" / "such" / "folder" / "cmd.py", "new = 1\n")
    assert find("svc.util") is None


def test_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "svc" / "util.py"
    assert names(project(tmp_path)("svc.util")) == {"prepare"}
    path.write_text("def changed(): ...\n")
    os.utime(path, ns=(1, 1))
    assert names(finder_for(tmp_path / "svc" / "cmd.py")("svc.util")) == {"changed"}
    path.write_text("def changes(): ...\n")
    os.utime(path, ns=(2, 2))
    assert names(finder_for(tmp_path / "svc" / "cmd.py")("svc.util")) == {"changes"}
    path.unlink()
    assert finder_for(tmp_path / "svc" / "cmd.py")("svc.util") is None
    path.write_text("again = 1\n")
    assert names(finder_for(tmp_path / "svc" / "cmd.py")("svc.util")) == {"again"}


def test_file_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "svc" / "util.py"
    harness.write(tmp_path, {**PACKAGE, "svc/util.py": "first = 1\n", "new.py": "other = 1\n"})
    os.utime(path, ns=(1, 1))
    os.utime(tmp_path / "new.py", ns=(1, 1))
    assert names(finder_for(tmp_path / "svc" / "cmd.py")("svc.util")) == {"first"}
    (tmp_path / "new.py").replace(path)
    assert names(finder_for(tmp_path / "svc" / "cmd.py")("svc.util")) == {"other"}


def test_unchanged_file_is_read_once(tmp_path: Path) -> None:
    first = project(tmp_path)("svc.util")
    assert first is not None
    assert finder_for(tmp_path / "svc" / "cmd.py")("svc.util") is first


def test_projects_with_the_same_names_do_not_mix(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        harness.write(folder, {**PACKAGE, "setup.cfg": "", "svc/util.py": f"{folder.name} = 1\n"})
    for folder in [*folders, *reversed(folders)]:
        find = finder_for(folder / "svc" / "cmd.py")
        assert names(find("svc.util")) == {folder.name}


def test_cache_is_bounded(tmp_path: Path) -> None:
    text = "x = '" + "a" * 900_000 + "'\n"
    files = {f"svc/m{number}.py": text for number in range(12)}
    find = project(tmp_path, files)
    for number in range(12):
        assert names(find(f"svc.m{number}")) == {"x"}
    held = sum(module.held for module in loading._cache._modules.values())
    assert 0 < held <= loading._CACHED_LENGTH + MAX_BYTES


def test_what_is_not_parsed_takes_little_of_the_cache(tmp_path: Path) -> None:
    text = "def f():\n    return '" + "a" * 200_000 + "'\n"
    find = project(tmp_path, {f"svc/m{number}.py": text for number in range(12)})
    modules = [find(f"svc.m{number}") for number in range(12)]
    kept = loading._cache._modules.values()
    assert all(module in kept and module.held == 0 for module in modules if module)
    first = modules[0]
    assert first is not None and "f" in first.bindings
    assert first.held == len(text) // 8
    assert first.tree.body and first.held == len(text) // 8 + len(text)


@pytest.mark.parametrize(
    "data",
    [
        b"def f(:\n",
        b"x = 1\n\0y = 2\n",
        b"\0",
        b"x = '\xff\xfe'\n",
        b"\xff\xfex\0=\x001\0",
        b"# -*- coding: no-such-codec -*-\nx = 1\n",
        b"# -*- coding: rot13 -*-\nk = 1\n",
        b"# -*- coding: hex -*-\n616263\n",
        b"# -*- coding: undefined -*-\nx = 1\n",
        b"\xef\xbb\xbf# -*- coding: latin-1 -*-\nx = 1\n",
        b"# -*- coding: utf-8\xff -*-\nx = 1\n",
        b"x = " + b"(" * 3_000 + b")" * 3_000 + b"\n",
        b"x = " + b"-" * 200_000 + b"1\n",
        b"x = " + b"f(" * 50_000 + b")" * 50_000 + b"\n",
        b"if 1:\n" + b"".join(b" " * depth + b"if 1:\n" for depth in range(1, 200)),
        b"x = 1\n" + b" " * 40_000 + b"y = 2\n",
        b"print 'Python 2'\n",
        b"x = '\n",
        b"return return\n",
    ],
    ids=range(19),
)
def test_file_that_does_not_read(tmp_path: Path, data: bytes) -> None:
    find = project(tmp_path)
    (tmp_path / "svc" / "bad.py").write_bytes(data)
    assert is_unknown(find("svc.bad"))
    assert names(find("svc.util")) == {"prepare"}


@pytest.mark.parametrize(
    ("data", "bound"),
    [
        (b"\xef\xbb\xbfx = 1\n", {"x"}),
        (b"# coding: latin-1\nx = '\xe9'\n", {"x"}),
        ("# coding: utf-8\né = 1\n".encode(), {"é"}),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x93'\n", {"x"}),
        (b"x = 1\r\ny = 2\r\n", {"x", "y"}),
        (b"x = 1\ry = 2\r", {"x", "y"}),
        (b"x = 1", {"x"}),
        (b"\f\nx = 1\n", {"x"}),
        (b"", set()),
    ],
    ids=range(9),
)
def test_file_that_reads(tmp_path: Path, data: bytes, bound: set[str]) -> None:
    find = project(tmp_path)
    (tmp_path / "svc" / "odd.py").write_bytes(data)
    assert names(find("svc.odd")) == bound


def test_file_that_is_too_large(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/large.py": "x = 1\n" + "#" * MAX_BYTES})
    assert find("svc.large") is None


def test_file_of_the_largest_size(tmp_path: Path) -> None:
    text = "x = 1\n"
    find = project(tmp_path, {"svc/large.py": text + "#" * (MAX_BYTES - len(text))})
    assert names(find("svc.large")) == {"x"}


def test_folder_with_the_name_of_a_module(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/odd.py/inner.py": "x = 1\n", "net.py/__init__.py": ""})
    assert find("svc.odd") is None
    assert find("svc.odd.inner") is None
    assert find("net") is None


def test_folder_with_the_name_of_an_init(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/odd/__init__.py/inner.py": "", "svc/odd/util.py": "x = 1\n"})
    assert is_unknown(find("svc.odd"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_file_that_would_block(tmp_path: Path) -> None:
    find = project(tmp_path)
    os.mkfifo(tmp_path / "svc" / "pipe.py")
    (tmp_path / "svc" / "package").mkdir()
    os.mkfifo(tmp_path / "svc" / "package" / "__init__.py")
    assert find("svc.pipe") is None
    assert is_unknown(find("svc.package"))


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin", "/dev/tty"])
def test_file_without_an_end(tmp_path: Path, device: str) -> None:
    if not os.path.exists(device):
        pytest.skip(f"no {device} on this system")
    find = project(tmp_path)
    (tmp_path / "svc" / "endless.py").symlink_to(device)
    assert is_unknown(find("svc.endless"))


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    find = project(tmp_path)
    (tmp_path / "svc" / "self.py").symlink_to("self.py")
    (tmp_path / "svc" / "lost.py").symlink_to("no-such-file.py")
    (tmp_path / "svc" / "ring").symlink_to("ring")
    assert find("svc.self") is None
    assert find("svc.lost") is None
    assert find("svc.ring.util") is None


def test_link_to_a_file_of_the_project(tmp_path: Path) -> None:
    find = project(tmp_path)
    (tmp_path / "svc" / "alias.py").symlink_to("util.py")
    assert names(find("svc.alias")) == {"prepare"}


def test_folder_that_holds_itself(tmp_path: Path) -> None:
    find = project(tmp_path, {"setup.cfg": ""})
    (tmp_path / "svc" / "svc").symlink_to(".")
    (tmp_path / "all").symlink_to(".")
    name = "svc"
    found = 0
    for _ in range(100):
        name += ".svc"
        found += find(f"{name}.util") is not None
    assert found < 50
    assert find("nothing") is None


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_permission_denied(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/secret.py": "x = 1\n", "closed/__init__.py": "x = 1\n"})
    (tmp_path / "svc" / "secret.py").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        assert is_unknown(find("svc.secret"))
        assert is_unknown(find("closed"))
        assert is_unknown(find("closed.util"))
    finally:
        (tmp_path / "closed").chmod(0o700)


@pytest.mark.parametrize("name", ["svc.Util", "SVC.util", "svc.UTIL", "Svc"])
def test_case_matters_on_every_system(tmp_path: Path, name: str) -> None:
    assert project(tmp_path)(name) is None


@pytest.mark.parametrize("suffix", [".so", ".cpython-312-x86_64-linux-gnu.so", ".pyd", ".pyc"])
def test_compiled_modules_are_not_read(tmp_path: Path, suffix: str) -> None:
    find = project(tmp_path)
    (tmp_path / "svc" / f"native{suffix}").write_bytes(b"\x7fELF")
    (tmp_path / f"top{suffix}").write_bytes(b"\x7fELF")
    assert find("svc.native") is None
    assert find("top") is None


def test_names_of_another_alphabet(tmp_path: Path) -> None:
    find = project(tmp_path, {"svc/größe.py": "x = 1\n"})
    assert names(find("svc.größe")) == {"x"}


def deep(count: int) -> Iterator[str]:
    """Yield the names of packages inside each other."""
    name = "svc"
    for number in range(count):
        name = f"{name}.p{number}"
        yield name


def test_packages_inside_each_other(tmp_path: Path) -> None:
    files = {f"{name.replace('.', '/')}/__init__.py": "x = 1\n" for name in deep(12)}
    find = project(tmp_path, files)
    for name in deep(12):
        assert names(find(name)) == {"x"}


def test_many_names(tmp_path: Path) -> None:
    find = project(tmp_path)
    assert not any(find(f"svc.nothing{number}") for number in range(20_000))


def test_many_folders(tmp_path: Path) -> None:
    files = {f"d{number}/data.txt": "" for number in range(1_500)}
    find = project(tmp_path, {**files, "setup.cfg": ""})
    assert find("elsewhere") is None
    assert names(find("svc.util")) == {"prepare"}


@pytest.mark.parametrize("place", ["launcher.py", "./launcher.py", "stdin", "-", "", "a\0b.py"])
def test_names_that_are_no_absolute_paths(place: str) -> None:
    find = Finder(Module("launcher", place, "", given=("", ast.Module(body=[], type_ignores=[]))))
    assert find("no_such_module_of_any_project") is None


def test_at_the_root_of_the_file_system() -> None:
    assert finder_for(Path("/launcher.py"))("no_such_module_of_any_project") is None
