"""ROS, nodes of robots."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("rospy",),
    serve=("rospy.spin",),
    endings={"rospy.spin": SERVES},  # source only
)
