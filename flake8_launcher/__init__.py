"""A flake8 plugin that reviews how a Python service starts."""
