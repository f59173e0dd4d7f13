"""LS1: four questions that a security review asks of every launcher."""

PREFIX = "LS1"
OPT_IN = True
