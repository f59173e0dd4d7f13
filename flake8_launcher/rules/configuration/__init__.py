"""LS3: where configuration comes from, and when it is read."""

PREFIX = "LS3"
OPT_IN = False
