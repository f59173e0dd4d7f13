"""LS5: how a launch fails, and who is told."""

PREFIX = "LS5"
OPT_IN = False
