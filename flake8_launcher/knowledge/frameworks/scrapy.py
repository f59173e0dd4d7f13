"""Scrapy, crawlers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Signals

FRAMEWORK = Framework(
    distributions=("scrapy",),
    signals={
        # source: scrapy/crawler.py
        "scrapy.crawler.CrawlerProcess().start": Signals(("install_signal_handlers",), 1),
    },
)
