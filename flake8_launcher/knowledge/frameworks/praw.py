"""PRAW, bots for Reddit."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("praw",),
    streams=(
        "praw.Reddit().inbox.stream()",
        "praw.Reddit().multireddit().stream.comments()",
        "praw.Reddit().multireddit().stream.submissions()",
        "praw.Reddit().redditor().stream.comments()",
        "praw.Reddit().redditor().stream.submissions()",
        "praw.Reddit().subreddit().mod.stream.modmail_conversations()",
        "praw.Reddit().subreddit().mod.stream.modqueue()",
        "praw.Reddit().subreddit().mod.stream.reports()",
        "praw.Reddit().subreddit().stream.comments()",
        "praw.Reddit().subreddit().stream.submissions()",
    ),
)
