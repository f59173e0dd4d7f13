"""Options: what the modules of a project register with oslo.config when they are imported."""
