"""LS2: what goes wrong with monkey patching."""

PREFIX = "LS2"
OPT_IN = False
