"""How Sphinx builds the documentation: sphinx-build -W -b html docs docs/_build."""

from importlib import metadata

project = "flake8-launcher"
version = release = metadata.version(project)
author = project_copyright = f"The {project} authors"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
exclude_patterns = ["_build"]
nitpicky = True
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["catalogue.css"]
html_title = f"{project} {version}"
