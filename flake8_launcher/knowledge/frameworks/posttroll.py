"""posttroll, the messages of Pytroll."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("posttroll",),
    streams=(
        "posttroll.subscriber.NSSubscriber().start().recv()",
        "posttroll.subscriber.Subscribe().recv()",
        "posttroll.subscriber.Subscriber().recv()",
        "posttroll.subscriber.create_subscriber_from_dict_config().recv()",
    ),
)
