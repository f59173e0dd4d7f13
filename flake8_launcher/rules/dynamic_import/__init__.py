"""LS4: what is imported by name."""

PREFIX = "LS4"
OPT_IN = False
