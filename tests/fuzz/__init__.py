"""Attacks the plugin with generated projects, and drives it over real ones.

``python -m fuzz`` generates, ``python -m fuzz.corpus DIRECTORY`` takes the files that are there.
"""
