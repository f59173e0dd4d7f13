"""PyMongo, a client of MongoDB."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("pymongo",),
    streams=("pymongo.*MongoClient().*.watch()",),
    raises={
        # it connects when it is first asked for something
        "pymongo.*MongoClient": ("pymongo.errors.ConfigurationError", "TypeError", "ValueError"),
        **alike(
            (
                "pymongo.errors.ServerSelectionTimeoutError",
                "pymongo.errors.PyMongoError",
                "TypeError",
            ),
            "pymongo.*MongoClient().admin.command",
            "pymongo.*MongoClient().list_database_names",
            "pymongo.*MongoClient().server_info",
        ),
    },
    errors={
        "pymongo.errors.PyMongoError": ("Exception",),
        **alike(
            ("pymongo.errors.PyMongoError",),
            "pymongo.errors.ConfigurationError",
            "pymongo.errors.ConnectionFailure",
            "pymongo.errors.OperationFailure",
        ),
        "pymongo.errors.AutoReconnect": ("pymongo.errors.ConnectionFailure",),
        "pymongo.errors.ServerSelectionTimeoutError": ("pymongo.errors.AutoReconnect",),
    },
)
