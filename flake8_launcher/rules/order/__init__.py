"""LS6: what is set up after something that it must come before."""

PREFIX = "LS6"
OPT_IN = False
