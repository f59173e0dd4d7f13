"""Mastodon.py, a client of Mastodon."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, LOST, Framework

FRAMEWORK = Framework(
    distributions=("Mastodon.py",),
    serve=(
        "mastodon.Mastodon().stream_direct",
        "mastodon.Mastodon().stream_hashtag",
        "mastodon.Mastodon().stream_list",
        "mastodon.Mastodon().stream_local",
        "mastodon.Mastodon().stream_public",
        "mastodon.Mastodon().stream_user",
    ),
    endings={
        # source only
        "mastodon.Mastodon().stream_*": CONSUMES._replace(when=(("run_async", LOST),)),
    },
)
