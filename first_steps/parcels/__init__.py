"""Tells where parcels are. The service does not exist: it is here to be reviewed."""
