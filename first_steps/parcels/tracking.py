"""Asks carriers where a parcel is."""

import importlib
import os
from socket import create_connection


def carrier():
    """Return the module of the carrier that the environment names."""
    return importlib.import_module(os.environ["PARCELS_CARRIER"])


def status(number):
    """Return what the carrier says about a parcel."""
    with create_connection(carrier().ADDRESS, timeout=10) as connection:
        connection.sendall(number.encode())
        return connection.recv(1024)
