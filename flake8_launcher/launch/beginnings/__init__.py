"""Where processes begin, and what serves the modules of a project."""
