"""LS5: what becomes of failures while a service starts."""

PREFIX = "LS5"
OPT_IN = False
