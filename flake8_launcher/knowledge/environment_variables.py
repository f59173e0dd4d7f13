"""Variables of the environment that a library reads once, and when it does.

Each row is held to a real process by ``tests/test_order.py`` unless it says where it comes from.
Not in the table, as setting them late has its effect: ``SSL_CERT_FILE``, ``REQUESTS_CA_BUNDLE``,
``HTTP_PROXY``, ``PYTHONASYNCIODEBUG``, ``FLASK_DEBUG``, ``TOKENIZERS_PARALLELISM``. What eventlet,
gevent and locust read is in :mod:`.concurrency`.
"""

from __future__ import annotations

import functools
from fnmatch import fnmatchcase
from typing import NamedTuple


class Reader(NamedTuple):
    """A library that reads variables once.

    :ivar variables: their names; a ``*`` stands for any run of characters.
    :ivar modules: the modules of which the first import reads them; ``.*`` at the end stands for
        whatever is taken from one.
    :ivar calls: the calls of which the first does.
    :ivar source: where that is written, of what no process has shown.
    """

    variables: tuple[str, ...]
    modules: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    source: str = ""


_NUMPY = ("numpy", "pandas", "scipy", "sklearn", "xarray", "statsmodels", "numexpr", "skimage")
_OF_PROMETHEUS = (
    "prometheus_client",
    "django_prometheus",
    "prometheus_fastapi_instrumentator",
    "prometheus_flask_exporter",
    "starlette_exporter",
)
_TORCH = ("torch", "sentence_transformers", "torchvision")

READERS: tuple[Reader, ...] = (
    Reader(("AIOHTTP_NO_EXTENSIONS",), ("aiohttp",)),
    Reader(("AIRFLOW_HOME", "AIRFLOW__*"), ("airflow",), source="airflow/configuration.py"),
    Reader(("AWS_DEFAULT_REGION", "AWS_PROFILE"), (), ("boto3.client", "boto3.resource")),
    Reader(
        ("CUDA_DEVICE_ORDER", "CUDA_VISIBLE_DEVICES"),
        (),
        (
            "torch.cuda.current_device",
            "torch.cuda.get_device_name",
            "torch.cuda.get_device_properties",
            "torch.cuda.init",
            "torch.cuda.is_available",
            "torch.cuda.set_device",
        ),
        source="https://docs.pytorch.org/docs/stable/notes/cuda.html",
    ),
    Reader(("DASK_*",), ("dask",), source="https://docs.dask.org/en/stable/configuration.html"),
    Reader(
        ("DD_AGENT_HOST", "DD_ENV", "DD_SERVICE", "DD_TRACE_AGENT_URL", "DD_TRACE_ENABLED"),
        ("ddtrace",),
    ),
    Reader(("FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY"), ("gunicorn.app", "gunicorn.config")),
    Reader(("GIT_PYTHON_GIT_EXECUTABLE", "GIT_PYTHON_REFRESH"), ("git",)),
    Reader(
        ("GRPC_ENABLE_FORK_SUPPORT", "GRPC_TRACE", "GRPC_VERBOSITY"),
        ("grpc",),
        source="https://grpc.github.io/grpc/core/md_doc_environment_variables.html",
    ),
    Reader(
        ("HF_ENDPOINT", "HF_HOME", "HF_HUB_*"),
        ("datasets", "diffusers", "huggingface_hub.*", "sentence_transformers", "transformers"),
    ),
    Reader(
        ("JAX_*", "XLA_FLAGS"),
        ("jax",),
        source="https://docs.jax.dev/en/latest/config_options.html",
    ),
    Reader(("KERAS_BACKEND",), ("keras",), source="https://keras.io/getting_started/"),
    Reader(
        ("KIVY_*",), ("kivy",), source="https://kivy.org/doc/stable/guide/environment.html"
    ),
    Reader(("KUBECONFIG",), ("kubernetes",)),
    Reader(("LOGURU_*",), ("loguru",)),
    Reader(
        ("MKL_NUM_THREADS",),
        _NUMPY,
        source="https://numpy.org/doc/stable/reference/global_state.html",
    ),
    Reader(("MPLBACKEND", "MPLCONFIGDIR", "MATPLOTLIBRC"), ("matplotlib", "pylab", "seaborn")),
    Reader(("MULTIDICT_NO_EXTENSIONS",), ("multidict", "aiohttp", "yarl")),
    Reader(
        ("NEW_RELIC_APP_NAME", "NEW_RELIC_ENABLED", "NEW_RELIC_LICENSE_KEY"),
        ("newrelic.agent", "newrelic.config"),
    ),
    Reader(
        ("NUMBA_*",),
        ("numba",),
        source="https://numba.readthedocs.io/en/stable/reference/envvars.html",
    ),
    Reader(("NLTK_DATA",), ("nltk",)),
    Reader(("NUMEXPR_MAX_THREADS", "NUMEXPR_NUM_THREADS"), ("numexpr",)),
    Reader(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), _NUMPY),
    Reader(
        ("MKL_NUM_THREADS", "OMP_NUM_THREADS"),
        _TORCH,
        source="https://docs.pytorch.org/docs/stable/threading_environment_variables.html",
    ),
    Reader(
        ("OTEL_PYTHON_CONTEXT",),
        ("opentelemetry.context", "opentelemetry.trace"),
        source="opentelemetry/context/__init__.py",
    ),
    Reader(
        ("OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME"),
        (),
        ("opentelemetry.sdk.resources.Resource.create", "opentelemetry.sdk.trace.TracerProvider"),
    ),
    Reader(
        ("OTEL_EXPORTER_OTLP_*",),
        (),
        (
            "opentelemetry.exporter.otlp.proto.grpc.metric_exporter.OTLPMetricExporter",
            "opentelemetry.exporter.otlp.proto.grpc.trace_exporter.OTLPSpanExporter",
            "opentelemetry.exporter.otlp.proto.http.metric_exporter.OTLPMetricExporter",
            "opentelemetry.exporter.otlp.proto.http.trace_exporter.OTLPSpanExporter",
        ),
    ),
    Reader(("POLARS_MAX_THREADS",), ("polars",)),
    Reader(
        ("SDL_AUDIODRIVER",),
        (),
        ("pygame.init", "pygame.mixer.init"),
        source="https://wiki.libsdl.org/SDL2/SDL_HINT_AUDIODRIVER",
    ),
    Reader(("SDL_VIDEODRIVER",), (), ("pygame.display.init", "pygame.init")),
    Reader(
        (
            "PROMETHEUS_DISABLE_CREATED_SERIES",
            "PROMETHEUS_MULTIPROC_DIR",
            "prometheus_multiproc_dir",
        ),
        _OF_PROMETHEUS,
    ),
    Reader(
        ("PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",),
        ("google.protobuf.descriptor", "google.protobuf.message", "tensorflow", "onnx"),
    ),
    Reader(("PSYCOPG_IMPL",), ("psycopg",)),
    Reader(("PYGAME_HIDE_SUPPORT_PROMPT",), ("pygame",)),
    Reader(("PYTORCH_NVML_BASED_CUDA_CHECK",), ("torch",), source="torch/cuda/__init__.py"),
    Reader(("RAY_*",), ("ray",), source="ray/_private/ray_constants.py"),
    Reader(("SENTRY_DSN", "SENTRY_ENVIRONMENT", "SENTRY_RELEASE"), (), ("sentry_sdk.init",)),
    Reader(
        ("TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "TF_USE_LEGACY_KERAS"),
        ("tensorflow", "keras"),
        source="https://www.tensorflow.org/install/pip",
    ),
    Reader(
        ("TRANSFORMERS_CACHE", "TRANSFORMERS_OFFLINE"),
        ("transformers",),
        source="transformers/utils/hub.py",
    ),
    Reader(("YARL_NO_EXTENSIONS",), ("yarl", "aiohttp")),
)


@functools.cache
def readers(variable: str) -> tuple[Reader, ...]:
    """Return what reads a variable once; nothing for most variables."""
    return tuple(
        row for row in READERS if any(fnmatchcase(variable, name) for name in row.variables)
    )


def read_when_imported(variable: str, names: tuple[str, ...]) -> str | None:
    """Return which of the names that an import asks for reads a variable."""
    modules = {module for row in readers(variable) for module in row.modules}
    for name in names:
        if name in modules:
            return name
        if f"{name.rpartition('.')[0]}.*" in modules:
            return name.rpartition(".")[0]
    return None


def is_read_when_called(variable: str, name: str) -> bool:
    """Tell whether a call reads a variable."""
    return any(name in row.calls for row in readers(variable))
