"""Modules as files and texts: found, read, parsed and kept."""
