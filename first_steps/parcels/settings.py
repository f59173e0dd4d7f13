"""What the environment says about the service."""

import os

DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///parcels.db")
PORT = int(os.environ.get("PORT", "8080"))
SECRET_KEY = os.environ.get("SECRET_KEY", "changeme")
