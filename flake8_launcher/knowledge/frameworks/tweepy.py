"""Tweepy, a client of Twitter."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("tweepy",),
    serve=(
        "tweepy.Stream().filter",
        "tweepy.Stream().sample",
        "tweepy.StreamingClient().filter",
        "tweepy.StreamingClient().sample",
        "tweepy.asynchronous.AsyncStream().filter",
        "tweepy.asynchronous.AsyncStreamingClient().filter",
    ),
    endings={
        # source only: it connects again for ever
        "tweepy.*().*": SERVES._replace(when=(("threaded", LOST),)),
    },
)
