"""ROS 2, nodes of robots."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("rclpy",),
    serve=(
        "rclpy.spin",
        "rclpy.executors.Executor().spin",
        "rclpy.executors.MultiThreadedExecutor().spin",
        "rclpy.executors.SingleThreadedExecutor().spin",
        "rclpy.experimental.EventsExecutor().spin",
        "rclpy.experimental.events_executor.EventsExecutor().spin",
    ),
    endings={  # source only
        "rclpy.spin": SERVES,
        "rclpy.executors.Executor().spin": SERVES,
        "rclpy.executors.MultiThreadedExecutor().spin": SERVES,
        "rclpy.executors.SingleThreadedExecutor().spin": SERVES,
        "rclpy.experimental.EventsExecutor().spin": SERVES,
        "rclpy.experimental.events_executor.EventsExecutor().spin": SERVES,
    },
)
