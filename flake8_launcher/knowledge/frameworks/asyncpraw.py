"""Async PRAW, bots for Reddit."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("asyncpraw",),
    streams=(
        "asyncpraw.Reddit().inbox.stream()",
        "asyncpraw.Reddit().multireddit().stream.comments()",
        "asyncpraw.Reddit().multireddit().stream.submissions()",
        "asyncpraw.Reddit().redditor().stream.comments()",
        "asyncpraw.Reddit().redditor().stream.submissions()",
        "asyncpraw.Reddit().subreddit().mod.stream.modmail_conversations()",
        "asyncpraw.Reddit().subreddit().mod.stream.modqueue()",
        "asyncpraw.Reddit().subreddit().mod.stream.reports()",
        "asyncpraw.Reddit().subreddit().stream.comments()",
        "asyncpraw.Reddit().subreddit().stream.submissions()",
    ),
)
