"""What the place and the name of a file tell of its part in a launch."""

from __future__ import annotations

import functools
import itertools
import math
import os
import re
from collections.abc import Iterable

from flake8_launcher import files, knowledge
from flake8_launcher.gate import words
from flake8_launcher.knowledge.copied import COPIED
from flake8_launcher.knowledge.deferred import deferred

_PACKAGES = frozenset(
    {"bin", "cli", "cmd", "cmds", "command", "commands", "daemon", "daemons", "scripts", "wsgi"}
)
"""Names of packages that hold launchers."""
_LOADED = deferred(
    r"(?![\w.]*[^\w.])[\w.]*gunicorn[\w.]*|(?!\w*\W)\w*celery\w*"
    r"|(?:launch|start|run)(?:_\w+)?|main|conf|conftest"
    r"|fabfile|locustfile|manage|setup|sitecustomize|__main__"
)
"""Names of modules that a server loads, or that are run."""
_SERVICE = deferred(
    r"(?:^|_|(?<=[a-z]))(?:[aA]gent|[bB]ot|[bB]ridge|[cC]onsumer|[dD]aemon|[eE]xporter|[gG]ateway"
    r"|[lL]istener|[mM]anager|[mM]onitor|[pP]roxy|[sS]cheduler|[sS]erver|[sS]ervice|[wW]atcher"
    r"|[wW]orker)s?$"
)
"""The end of the name of a module that is there to serve."""
_GATEWAYS = deferred(r"(?!\w*\W)\w*[wa]sgi\w*")
_APPLICATION = deferred(r"^app(?:lication)?\b.*=", re.MULTILINE)
"""What a module holds that a server loads for the application in it."""
_DEFAULT = deferred(r"^application\b.*=", re.MULTILINE)
"""What a server loads of a module where nobody names something else (uWSGI, mod_wsgi)."""
_SERVER_CONFIGURATION = deferred(r"(?![\w.]*[^\w.])[\w.]*gunicorn[\w.]*")
_RUN_IN_PLACE = {
    "conf.py": deferred(r"^extensions *[+=]", re.MULTILINE),
    "env.py": deferred(r"^from alembic\b|^import alembic\b", re.MULTILINE),
}
"""What files hold that Sphinx and Alembic run, where their own configuration lies."""
_OF_PYTHON_2 = deferred(
    r"^(?:from|import)[ \t]+(?:__builtin__|BaseHTTPServer|ConfigParser|Queue|SimpleXMLRPCServer"
    r"|SocketServer|StringIO|cPickle|cStringIO|httplib|urllib2|urlparse|xmlrpclib)\b",
    re.MULTILINE,
)
"""Imports of modules that Python 3 does not have, which nothing guards."""
_PATCHES = deferred(
    r"(?!\w*\W)"
    r"\w*(?:monkey|patch|green|eventlet|gevent|hub|concurrency|compat|backend|bootstrap)\w*"
)
"""Names of modules that are made to patch."""
_RUN = frozenset(
    {
        "bin",
        "benchmark",
        "benchmarks",
        "contrib",
        "demo",
        "demos",
        "doc",
        "docs",
        "example",
        "examples",
        "sample",
        "samples",
        "sbin",
        "scripts",
        "tools",
        "tutorial",
        "tutorials",
    }
)
"""Names of folders with files that are run by their path, packages or not."""
_INSTALLED = frozenset({"bin", "sbin"})
"""Names of folders with scripts that are installed."""
_ASIDE = _RUN - _INSTALLED - {"scripts"}
"""Names of folders with files that are not installed."""
_BUILDS = frozenset({"build", "ci", "dev", "devel", "packaging"})
"""Names of folders of a project with files that build it, where they stand at its top."""
_SHOWS = deferred(
    r"(?:\w+[_-])?(?:bench(?:marks?)?|demos?|docs?|examples?|samples?|snippets?|tutorials?)"
    r"|getting[_-]?started|quick[_-]?starts?"
    r"|_?vendor(?:ed)?(?:_(?:libs?|packages?))?|third_?party(?:_libs?)?|site-packages",
    re.IGNORECASE,
)
"""Names of folders whose files show how something is used, or how quick it is, or are copies."""
_EXPERIMENTS = frozenset(
    {"attic", "experiment", "experiments", "junk", "playground", "sandbox", "scratch"}
)
"""Names of folders at the top of a project whose files try something, if nothing builds them."""
_BUILT = deferred(
    r"__init__\.py|pyproject\.toml|setup\.(?:cfg|py)|requirements[\w.-]*|[\w.-]*Dockerfile[\w.-]*"
)
"""What a folder has that is a package, or a program of its own."""
_FOR_COPIES = frozenset({"deps", "ext", "extern", "external", "lib", "libs"})
"""Names of folders that hold nothing else."""
_FEW_COPIES = 3
"""How many packages of others make a folder one of copies."""
_LICENCE = deferred(r"(?:licen[cs]e|copying)\b.*", re.IGNORECASE)
_PARTS_READ = 12
"""How many modules of a package are read for what they call it."""
_SHOW = deferred(
    r"(?:[\w-]+[_-])?(?:benchmarks?|demo|examples?|fuzz)"
    r"|(?:bench(?:mark)?|demo|example|fuzz)[_-][\w-]+",
    re.IGNORECASE,
)
"""Names of modules that show how something is used, how quick it is or what it stands."""
_NO_TEST = r"(?<!\bat)(?<!con)(?<!grea)(?<!la)(?<!pro)(?<!speed)"
"""What stands before the end of a word which is not that of a test: "contest", "latest"."""
_TESTS = deferred(
    rf"\w*{_NO_TEST}tests?|testing|test_\w*|\w+_tester|conftest|(?:\w*[a-z])?Test(?:s|ing)?"
    rf"|tests?-[\w-]+|[\w-]+-\w*{_NO_TEST}tests?|(?!\w*\W|(?:ab|load|speed)_)\w+_test_\w+"
)


def starts_process(path: str, text: str, scripts: Iterable[str]) -> bool:
    """Tell whether a process begins with a file: a script, or what a server loads.

    The ``__init__.py`` of a package that holds such files is one, too.

    :param path: absolute path of the file.
    :param text: its text.
    :param scripts: the entry points that the project declares.
    """
    folder, name = os.path.split(path)
    stem = name.removesuffix(".py")
    if words.is_script(path) or os.path.basename(folder) in _PACKAGES:
        return True
    if stem != "__init__":
        is_loaded = is_gateway(path, text) or _DEFAULT.search(text) is not None
        return is_loaded or _LOADED.fullmatch(stem) is not None
    package = folder.split(os.sep)
    holders = (script.partition(":")[0].strip().split(".")[:-1] for script in scripts)
    return any(holder and package[-len(holder) :] == holder for holder in holders)


def is_command(path: str) -> bool:
    """Tell whether Django runs the class ``Command`` of a module, as its folders tell."""
    return path.split(os.sep)[-3:-1] == ["management", "commands"]


def is_settings_of_django(path: str, text: str) -> bool:
    """Tell whether a file holds settings of Django, as its name, or its folder's, and text tell.

    :param path: absolute path of the file.
    :param text: its text.
    """
    return "INSTALLED_APPS" in text and any("settings" in one for one in path.split(os.sep)[-2:])


def is_gateway(path: str, text: str) -> bool:
    """Tell whether a server loads a module for the application in it, as ``wsgi.py`` tells."""
    return has_gateway_name(path) and _APPLICATION.search(text) is not None


def has_gateway_name(path: str) -> bool:
    """Tell whether the name of a module, or of its package, is that of what a server loads."""
    folder, name = os.path.split(path)
    stem, suffix = os.path.splitext(name)
    is_named = suffix == ".wsgi" or _GATEWAYS.fullmatch(stem) is not None
    return is_named or os.path.basename(folder) in ("asgi", "wsgi")


def is_server_configuration(path: str) -> bool:
    """Tell whether a file holds the settings of gunicorn, as its name tells."""
    stem = os.path.basename(path).removesuffix(".py")
    return _SERVER_CONFIGURATION.fullmatch(stem) is not None


def is_importable(path: str, package: str, text: str) -> bool:
    """Tell whether a module is there to be imported: it belongs to a package and is no script.

    :param path: absolute path of the file.
    :param package: qualified name of its package, empty where it has none.
    :param text: its text.
    """
    stem = os.path.basename(path).removesuffix(".py")
    if not package or text.startswith("#!") or words.is_script(path) or is_gateway(path, text):
        return False
    return _LOADED.fullmatch(stem) is None and _RUN.isdisjoint(package.split("."))


def has_service_name(path: str) -> bool:
    """Tell whether a module, by the end of its name, is there to serve."""
    return _SERVICE.search(os.path.basename(path).removesuffix(".py")) is not None


def is_for_others(path: str, package: str, function: str) -> bool:
    """Tell whether others may import a module, for all that its name and place tell.

    :param path: absolute path of the file.
    :param package: qualified name of its package, empty where it has none.
    :param function: the function that the file begins with, if there is one: a service has it.
    """
    stem = os.path.basename(path).removesuffix(".py")
    if words.is_script(path) or is_gateway(path, "") or _LOADED.fullmatch(stem):
        return False
    if function and has_service_name(path):
        return False
    folders = package.split(".") if package else [os.path.basename(os.path.dirname(path))]
    return _RUN.isdisjoint(folders)


def is_aside(path: str, top: str) -> bool:
    """Tell whether a file tests, documents or helps to make a program, by its place alone.

    :param path: absolute path of the file.
    :param top: the folder of the project.
    """
    below = os.path.relpath(path, top).replace(os.sep, "/")
    folders = below.split("/")[:-1]
    is_aside = not (_ASIDE.isdisjoint(folders) and _BUILDS.isdisjoint(folders[:1]))
    return is_aside or is_of_tests(below)


def is_no_service(path: str, top: str) -> bool:
    """Tell whether what a file starts is no service of its project: an example, or a copy.

    A benchmark starts what it measures.

    :param path: absolute path of the file.
    :param top: the folder of the project.
    """
    *folders, module = os.path.relpath(path, top).removesuffix(".py").split(os.sep)
    if any(map(_SHOWS.fullmatch, folders)) or _SHOW.fullmatch(module):
        return True
    if folders and folders[0] in _EXPERIMENTS and _is_for_trying(os.path.join(top, folders[0])):
        return True
    if folders and folders[0] in COPIED and not _is_distributed(top):
        if os.path.isfile(os.path.join(top, folders[0], "__init__.py")):
            return True  # another folder has but the name of what it uses
    # what stands beside copies may be the program, but not in or below a folder for them
    first = next((at for at, name in enumerate(folders, 1) if name in _FOR_COPIES), math.inf)
    for depth in range(1, len(folders) + 1):
        is_for_them = depth >= first
        if depth == len(folders) and not is_for_them:
            break
        if _holds_copies(os.path.join(top, *folders[:depth]), is_for_them):
            return True
    return any(
        name in _FOR_COPIES and _is_distribution(os.path.join(top, *folders[:depth]), inner)
        for depth, (name, inner) in enumerate(itertools.pairwise(folders), 1)
    )


def is_copy(path: str, text: str) -> bool:
    """Tell whether a file is a copy of a distribution of one module, as ``bottle.py`` is one.

    :param path: absolute path of the file.
    :param text: its text.
    """
    folder, name = os.path.split(path)
    if name.removesuffix(".py") not in knowledge.PACKAGES or "__version__ =" not in text:
        return False
    is_told = "__author__ =" in text or "__license__ =" in text
    return is_told and os.path.isfile(os.path.join(folder, "__init__.py"))


@functools.lru_cache(maxsize=4096)
def _holds_copies(folder: str, is_for_them: bool) -> bool:
    """Tell whether a folder holds copies of distributions.

    They were installed there, as what they leave tells, or were put side by side into a folder
    that is no package, or one that is there for them.

    :param is_for_them: whether the name of the folder, or of one above it, says that it is.
    """
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    if any(name.endswith(".dist-info") for name in names):
        return True
    packages = {name.removesuffix(".py") for name in names}
    if "__init__" in packages and not is_for_them:
        return False
    return len(packages & COPIED) >= _FEW_COPIES


@functools.lru_cache(maxsize=1024)
def _is_for_trying(folder: str) -> bool:
    """Tell whether nothing makes a program, or a package, of a folder."""
    try:
        return not any(map(_BUILT.fullmatch, os.listdir(folder)))
    except OSError:
        return False


@functools.lru_cache(maxsize=1024)
def _is_distributed(top: str) -> bool:
    """Tell whether a project has metadata: a distribution of its own may be made of it."""
    metadata = ("pyproject.toml", "setup.cfg", "setup.py")
    return any(os.path.isfile(os.path.join(top, name)) for name in metadata)


@functools.lru_cache(maxsize=4096)
def _is_distribution(folder: str, name: str) -> bool:
    """Tell whether a folder in one for copies is one: it was made to be installed alone.

    It has a licence of its own, hides a well-known distribution, or goes by its own name where
    its place gives it another one.

    :param folder: the folder that holds it.
    :param name: its name.
    """
    package = os.path.join(folder, name)
    try:
        names = sorted(os.listdir(package))
        is_inner = "__init__.py" in os.listdir(folder)
    except OSError:
        return False
    if "__init__.py" not in names and f"{name}.py" not in names:
        return False
    if any(map(_LICENCE.fullmatch, names)) or (name in COPIED and not is_inner):
        return True
    own = re.compile(rf"^ *(?:from|import) {re.escape(name)}\b", re.MULTILINE)
    modules = [one for one in names if one.endswith(".py")][:_PARTS_READ] if is_inner else []
    texts = (files.read_source(os.path.join(package, one)) for one in modules)
    return any(text is not None and own.search(text) for text in texts)


def is_of_program(path: str, package: str, text: str) -> bool:
    """Tell whether a file is part of what is installed and runs, as far as its place tells.

    :param path: absolute path of the file.
    :param package: qualified name of its package, empty where it has none.
    :param text: its text.
    """
    folder, name = os.path.split(path)
    if name in _RUN_IN_PLACE and _RUN_IN_PLACE[name].search(text):
        return False
    is_installed = os.path.basename(folder) in _INSTALLED
    return bool(package) or is_installed or is_gateway(path, text)


def is_made_to_patch(path: str) -> bool:
    """Tell whether a module, by its name, is there to patch; others import it for that."""
    folder, name = os.path.split(path)
    stem = name.removesuffix(".py")
    return has_patching_name(os.path.basename(folder) if stem == "__init__" else stem)


def has_patching_name(module: str) -> bool:
    """Tell whether a module's qualified name says that it is there to patch."""
    return _PATCHES.fullmatch(module.rpartition(".")[2]) is not None


def is_of_python_2(text: str) -> bool:
    """Tell whether a module runs with Python 2 alone, as what it imports tells.

    :param text: its text.
    """
    return _OF_PYTHON_2.search(text) is not None


def is_test(path: str, top: str) -> bool:
    """Tell whether a file belongs to the tests of a project.

    :param path: absolute path of the file.
    :param top: the folder of the project.
    """
    return is_of_tests(os.path.relpath(path, top).replace(os.sep, "/"))


def is_surely_test(path: str) -> bool:
    """Tell whether a file belongs to tests, by the names of its packages and its own alone.

    :param path: absolute path of the file.
    """
    if not is_of_tests(path.replace(os.sep, "/")):
        return False
    folder, name = os.path.split(path)
    while not is_of_tests(name) and os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
    return is_of_tests(name)


@functools.lru_cache(maxsize=4096)
def is_of_tests(path: str) -> bool:
    """Tell whether a file belongs to tests, by its path below the project, with slashes."""
    parts = path.removesuffix(".py").split("/")
    return any(_TESTS.fullmatch(part) for part in parts)
