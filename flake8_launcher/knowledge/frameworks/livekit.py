"""LiveKit Agents, agents that people talk to."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("livekit-agents",),
    create=("livekit.agents.WorkerOptions", "livekit.agents.AgentServer"),
    serve=("livekit.agents.cli.run_app", "livekit.agents.cli.cli.run_app"),
    # source only
    endings=alike(UNKNOWN, "livekit.agents.*run_app"),
)
