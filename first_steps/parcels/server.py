"""Serves parcels over HTTP."""

import logging
import os

from dotenv import load_dotenv
from gevent.pywsgi import WSGIServer

from parcels import settings, tracking

LOG = logging.getLogger(__name__)


def application(environ, start_response):
    """Answer one request."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [tracking.status(environ["PATH_INFO"])]


def main():
    """Start the service."""
    load_dotenv()
    logging.basicConfig(level=logging.INFO)

    from gevent import monkey

    monkey.patch_all()
    LOG.info("environment: %s", dict(os.environ))
    try:
        carrier = tracking.carrier()
        LOG.info("asking %s", carrier.__name__)
        WSGIServer(("", settings.PORT), application).serve_forever()
    except Exception:
        LOG.exception("parcels cannot start")


if __name__ == "__main__":
    main()
