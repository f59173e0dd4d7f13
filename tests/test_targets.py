"""What a project tells servers to load is read from the files with its commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_launcher.gate import served
from flake8_launcher.gate.targets import Target, Targets


def told(folder: Path, module: str, targets: Targets | None = None) -> list[Target]:
    """Return what a project tells of a module."""
    path = f"{folder.joinpath(*module.split('.'))}.py"
    return [target._replace(file="", folder="") for target in (targets or Targets()).of(path)]


@pytest.mark.parametrize(
    ("file", "text", "target"),
    [
        ("Procfile", "web: gunicorn -w 4 pkg.web:app", Target("pkg.web", "app")),
        ("Procfile", "web: gunicorn 'pkg.web:make()'", Target("pkg.web", "make", True)),
        ("Procfile", "web: uvicorn pkg.web:make --factory", Target("pkg.web", "make", True)),
        ("Dockerfile", 'CMD ["uvicorn", "pkg.web:app"]', Target("pkg.web", "app")),
        ("api.Dockerfile", "CMD hypercorn \\\n  -b 0:80 pkg.web:app", Target("pkg.web", "app")),
        ("Dockerfile", 'CMD ["fastapi", "run", "pkg/web.py"]', Target("pkg.web")),
        ("docker-compose.yml", "run: celery -A pkg.web worker", Target("pkg.web", forks="celery")),
        ("Procfile", "w: celery -A pkg.web worker -Pgevent", Target("pkg.web", green="gevent")),
        (
            "Procfile",
            "web: gunicorn --preload -k gevent pkg.web:app",
            Target("pkg.web", "app", forks="gunicorn", green="gevent"),
        ),
        (
            "Procfile",
            "web: gunicorn --preload -k gevent -c conf/it.py pkg.web:app",
            Target("pkg.web", "app", forks="gunicorn", green="gevent", settings="conf/it.py"),
        ),
        (
            "start.py",
            'run(["gunicorn", "pkg.web:app", "--preload"])',
            Target("pkg.web", "app", forks="gunicorn"),
        ),
        ("compose.yaml", "command: [celery, --app=pkg.web:app, beat]", Target("pkg.web", "app")),
        ("svc.service", "ExecStart=/opt/v/bin/gunicorn pkg.web:app", Target("pkg.web", "app")),
        ("supervisord.conf", "command=daphne -p 80 pkg.web:app", Target("pkg.web", "app")),
        ("Procfile", "web: gunicorn pkg.web --log-file -", Target("pkg.web")),
        (
            "Dockerfile",
            'CMD ["gunicorn", "-w", "4", "--preload", "pkg.web"]',
            Target("pkg.web", forks="gunicorn"),
        ),
        (
            "run.sh",
            "uwsgi --module pkg.web:app --processes 4",
            Target("pkg.web", "app", forks="uWSGI"),
        ),
        (
            "uwsgi.ini",
            "[uwsgi]\nmaster = 1\nwsgi-file = pkg/web.py",
            Target("pkg.web", forks="uWSGI"),
        ),
        (
            "uwsgi.ini",
            "[uwsgi]\nmaster = 1\nlazy-apps = 1\nmodule = pkg.web:app",
            Target("pkg.web", "app"),
        ),
        (
            "entrypoint.sh",
            "exec uwsgi --callable served \\\n    --http :80 --module pkg.web",
            Target("pkg.web", "served"),
        ),
        ("Procfile", "web: uwsgi --http :80 -w pkg.web", Target("pkg.web")),
        (
            "run.sh",
            "celery --quiet -A pkg.web.jobs worker",
            Target("pkg.web", "jobs", forks="celery"),
        ),
        ("run.sh", "celery -A pkg.web beat", Target("pkg.web")),
        ("uwsgi.ini", "module = pkg.web:app", Target("pkg.web", "app")),
        (
            "api.ini",
            "[app:main]\npaste.app_factory = pkg.web:make",
            Target("pkg.web", "make", True),
        ),
        ("start.sh", "export FLASK_APP=pkg.web", Target("pkg.web")),
        ("Dockerfile", 'ARG LITESTAR_APP="pkg.web:make"', Target("pkg.web", "make")),
        ("Dockerfile", "ENV APP_MODULE=pkg.web:app", Target("pkg.web", "app")),
        ("start.sh", 'SERVER_APP="pkg.web:make()"', Target("pkg.web", "make", True)),
        ("start.sh", "export API_APP=pkg.web:app", Target("pkg.web", "app")),
        ("Makefile", "\tdaphne -p 80 pkg.web:layer", Target("pkg.web", "layer")),
        ("main.py", 'environ.setdefault("LITESTAR_APP", "pkg.web:f")', Target("pkg.web", "f")),
        ("run.sh", "exec kopf run pkg/web.py", Target("pkg.web")),
        ("run.sh", "streamlit run pkg/web.py --server.port 80", Target("pkg.web", "__main__")),
        ("Dockerfile", 'CMD ["mcp", "run", "pkg/web.py"]', Target("pkg.web")),
        ("Procfile", "work: huey_consumer.py pkg.web.huey -w 2", Target("pkg.web", "huey")),
        ("Procfile", "work: dramatiq pkg.web pkg.other", Target("pkg.web", is_task=True)),
        ("Procfile", "work: faust -A pkg.web worker", Target("pkg.web")),
        ("Procfile", "web: python -m aiohttp.web -P 80 pkg.web:f", Target("pkg.web", "f", True)),
        ("run.sh", "waitress-serve --call pkg.web:f", Target("pkg.web", "f", True)),
        ("svc.service", "ExecStart=/usr/bin/gunicorn3 pkg.web:app", Target("pkg.web", "app")),
        ("compose.yml", "command:\n - uvicorn\n - pkg.web:app\n", Target("pkg.web", "app")),
        ("compose.yml", "run: >-\n  gunicorn\n  -w 2\n  pkg.web:app", Target("pkg.web", "app")),
        ("Dockerfile", 'ENTRYPOINT ["daphne"]\nCMD ["pkg.web:app"]', Target("pkg.web", "app")),
        (
            "k8s/any.yaml",
            'command: ["gunicorn"]\nargs: ["pkg.web:app"]',
            Target("pkg.web", "app"),
        ),
        ("run.sh", "gunicorn -c pkg/web.py x:y", Target("web", is_settings=True)),
        ("run.sh", "gunicorn --config $BASE/pkg/web.py x:y", Target("web", is_settings=True)),
        ("main.py", 'uvicorn.run("pkg.web:app", port=80)', Target("pkg.web", "app")),
        ("main.py", 'uvicorn.run(\n  "pkg.web:f", factory=True)', Target("pkg.web", "f", True)),
        ("main.py", 'Granian(\n  "pkg.web:f", factory=True)', Target("pkg.web", "f", True)),
        ("gunicorn.conf.py", 'wsgi_app = "pkg.web:app"', Target("pkg.web", "app")),
        ("up.py", 'c = f"gunicorn pkg.web:app -b {AT}"', Target("pkg.web", "app")),
        ("up.py", "os.system('/v/bin/uvicorn --factory pkg.web:f')", Target("pkg.web", "f", True)),
        (
            "up.py",
            'run(["celery", "-A",\n "pkg.web", "worker"])',
            Target("pkg.web", forks="celery"),
        ),
        (
            "up.py",
            'call("celery --app=pkg.web worker", shell=True)',
            Target("pkg.web", forks="celery"),
        ),
    ],
)
def test_a_file_tells(tmp_path: Path, file: str, text: str, target: Target) -> None:
    tmp_path.joinpath(file).parent.mkdir(exist_ok=True)
    tmp_path.joinpath(file).write_text(text)
    tmp_path.joinpath("pyproject.toml").touch()
    assert target in told(tmp_path, "pkg.web")


@pytest.mark.parametrize(
    ("command", "is_told"),
    [
        ("exec gunicorn -c /srv/settings.py web", True),
        ("gunicorn --workers 4 --preload web", True),
        ("gunicorn --chdir web", False),
        ("gunicorn web.other", False),
    ],
)
def test_a_module_without_a_package(tmp_path: Path, command: str, is_told: bool) -> None:
    tmp_path.joinpath("run.sh").write_text(command)
    tmp_path.joinpath("pyproject.toml").touch()
    assert ("web" in {target.module for target in told(tmp_path, "web")}) is is_told


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Procfile", "web: gunicorn other.web:app"),
        ("Procfile", "web: python -m pkg.web"),
        ("any.yaml", 'command: ["gunicorn", "pkg.web:app"]'),
        ("compose.yml", "image: gunicorn\nvolumes:\n - pkg.web:app\n"),
        ("notes.txt", "gunicorn pkg.web:app"),
        ("Dockerfile", "COPY --chown=pkg.web:app . /srv"),
        ("setup.py", 'install_requires=["uvicorn"]\n' + "\n" * 200 + '"pkg.web:app"'),
        ("tests/main.py", 'uvicorn.run("pkg.web:app")'),
        ("up.py", "# gunicorn pkg.web:app serves"),
        ("pyproject.toml", "[[tool.mypy.overrides]]\nmodule = 'pkg.web'"),
        ("up.py", 'print("see celery docs", "-A", "pkg.web")'),
    ],
)
def test_what_tells_nothing(tmp_path: Path, file: str, text: str) -> None:
    tmp_path.joinpath(file).parent.mkdir(exist_ok=True)
    tmp_path.joinpath(file).write_text(text)
    tmp_path.joinpath("pyproject.toml").touch()
    assert told(tmp_path, "pkg.web") == []


@pytest.mark.parametrize("file", ["Dockerfile", "up.py"])
def test_a_module_beside_goes_before_others(tmp_path: Path, file: str) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    for name in ("a", "b"):
        tmp_path.joinpath(name).mkdir()
    tmp_path.joinpath("a", file).write_text('uvicorn.run("web:app")')
    assert told(tmp_path, "b.web")
    tmp_path.joinpath("a", "web.py").write_text("import app")
    targets = Targets()
    assert told(tmp_path, "a.web", targets)
    assert not told(tmp_path, "b.web", targets)


def test_a_module_beside_without_the_name_is_another(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("Procfile").write_text("web: gunicorn web:app")
    tmp_path.joinpath("web.py").write_text("run()")
    assert told(tmp_path, "b.web")


def test_a_project_is_read_once(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("Procfile").write_text("web: gunicorn pkg.web:app")
    targets = Targets()
    assert told(tmp_path, "pkg.web", targets)
    tmp_path.joinpath("Procfile").write_text("")
    assert told(tmp_path, "pkg.web", targets)
    assert not told(tmp_path, "pkg.web")


def test_lines_without_end_are_not_read(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("Procfile").write_text("gunicorn " + "a." * 60_000 + "pkg.web:app")
    assert told(tmp_path, "pkg.web") == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("run.py", "from pkg.web import app\napp.run(port=80)"),
        ("run.py", "from pkg.web import app\nuvicorn.run(app, port=80)"),
        ("run.py", "from pkg.web import (app)\nuvicorn.run(\n    app,\n    port=80,\n)"),
        ("run.py", "from pkg.web import db, app as web\nserve(logged(web), listen='*:80')"),
        ("pkg/run.py", "from .web import app\nServer((host(), 80), app).serve_forever()"),
        ("work.py", "from pkg.web import celery_app\ncelery_app.worker_main(['worker'])"),
        ("wsgi.py", "from pkg.web import app as application"),
    ],
)
def test_another_module_serves_what_it_imports(tmp_path: Path, file: str, text: str) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("pkg").mkdir()
    tmp_path.joinpath(file).write_text(text)
    assert Targets().is_taken(str(tmp_path / "pkg" / "web.py"))
    assert not told(tmp_path, "pkg.web")


@pytest.mark.parametrize(
    "text",
    [
        "from pkg.web import app\n",
        "from pkg.web import app\nuvicorn.run('pkg.web:app')",
        "from pkg.web import app\nwith app.app_context():\n    run(app.config)",
        "from pkg.other import app\napp.run()",
        "from pkg.web import application_name\nrun(application_name)",
    ],
)
def test_another_module_needs_what_it_imports(tmp_path: Path, text: str) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("run.py").write_text(text)
    assert not Targets().is_taken(str(tmp_path / "pkg" / "web.py"))


def test_a_server_loads_another_module_that_imports_it(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("main.py").write_text("from web import app")
    web = tmp_path / "web.py"
    assert not Targets().is_taken(str(web))
    tmp_path.joinpath("Procfile").write_text("web: gunicorn main:app")
    assert Targets().is_taken(str(web))
    text = "from fastapi import FastAPI\napp = FastAPI()\n"
    assert not served.entries(str(web), text, Targets())
    tmp_path.joinpath("Procfile").write_text("web: gunicorn web:app")
    assert served.entries(str(web), text, Targets())


def test_workers_load_the_application_of_celery_that_others_import(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    tmp_path.joinpath("asgi.py").write_text("from work import app\n")
    work = tmp_path / "work.py"
    assert Targets().is_taken(str(work))
    for name, is_served in (("celery.Celery", True), ("fastapi.FastAPI", False)):
        text = f"import {name.partition('.')[0]}\napp = {name}('svc')\n"
        assert bool(served.entries(str(work), text, Targets())) is is_served


def test_a_text_that_is_written_elsewhere_makes_no_application(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    made = "\napp = FastAPI()\n"
    path = str(tmp_path / "web.py")
    assert served.entries(path, made, Targets())
    assert not served.entries(path, f"TEXT = '''{made}'''\n", Targets())
    assert served.entries(path, f"TEXT = '''{made}'''\n{made}", Targets())


def test_a_function_serves_the_application_of_its_module(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    path = str(tmp_path / "web.py")
    made = "import uvicorn\napp = FastAPI()\ndef up():\n    uvicorn.Config(app, port=80)\n"
    assert not served.entries(path, made, Targets())
    assert served.entries(path, f"{made}\n\nif __name__ == '__main__':\n    up()\n", Targets())
    tmp_path.joinpath("Procfile").write_text("web: uvicorn web:app")
    assert served.entries(path, made, Targets())


@pytest.mark.parametrize(
    ("text", "is_served"),
    [
        ("with app.app_context():\n    db.create_all()\n", False),
        ("with app.app_context():\n    db.create_all()\n@app.route('/')\ndef root(): 1\n", True),
        ("app.send_task('svc.work')\n", False),
        ("@app.task\ndef work(): app.send_task('svc.next')\n", True),
    ],
)
def test_an_application_is_needed_for_something_else(
    tmp_path: Path, text: str, is_served: bool
) -> None:
    tmp_path.joinpath("pyproject.toml").touch()
    made = f"import svc\napp = {'Celery' if 'task' in text else 'Flask'}(__name__)\n{text}"
    assert bool(served.entries(str(tmp_path / "fill.py"), made, Targets())) is is_served


@pytest.mark.parametrize(
    ("line", "is_served"),
    [
        ("from app.config import settings", False),
        ("import app.models", False),
        ("from app.config import app", True),
        ("from . import app", True),
    ],
)
def test_a_package_is_no_application_of_its_name(
    tmp_path: Path, line: str, is_served: bool
) -> None:
    tmp_path.joinpath("run.sh").write_text("exec uvicorn main:app")
    tmp_path.joinpath("pyproject.toml").touch()
    main = tmp_path / "svc" / "main.py"
    assert bool(served.entries(str(main), f"{line}\n", Targets())) is is_served
