"""cryptofeed, what exchanges of cryptocurrencies tell."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("cryptofeed",),
    create=("cryptofeed.FeedHandler", "cryptofeed.feedhandler.FeedHandler"),
    serve=("cryptofeed.FeedHandler().run", "cryptofeed.feedhandler.FeedHandler().run"),
    endings={  # source only
        "cryptofeed.FeedHandler().run": SERVES,
        "cryptofeed.feedhandler.FeedHandler().run": SERVES,
    },
)
