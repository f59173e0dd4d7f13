"""Well-known libraries: what their functions are called like tells nothing of a launch.

The names are those that code imports. Frameworks that serve are not here: see
:mod:`.frameworks`.
"""

from __future__ import annotations

LIBRARIES = frozenset(
    """
    airflow_client alembic allure ansible appium asgiref asyncpg attr attrs azure babel bcrypt
    behave bokeh boto boto3 botocore bs4 cachetools certifi chardet click cliff cloudpickle
    colorama cryptography cv2 dateutil databases datadog distro django_filters docker dns docutils
    elasticsearch fabric factory faker filelock flake8 fsspec ghapi git github gitlab glanceclient
    google googleapiclient graphql httplib2 httpx hypothesis influxdb invoke ipaddress ironicclient
    isodate itsdangerous jenkins jinja2 jira jmespath joblib jsonschema jwt keystoneauth1
    keystoneclient kubernetes ldap libcloud libvirt lxml mako markdown markupsafe marshmallow
    matplotlib mock mongoengine msgpack multidict mypy netaddr netifaces networkx neutronclient
    nltk novaclient numpy oauthlib openai openstack opentelemetry orjson oslo_concurrency oslo_db
    oslo_upgradecheck oslo_utils packaging pandas paramiko pbr peewee pexpect pika_client pip
    pkg_resources plotly playwright pluggy prettytable prometheus_client proton psutil psycopg
    psycopg2 pyarrow pycurl pydantic pygments pymongo pymysql pynamodb pyparsing pyroute2 pytest
    pytz pywinauto redis regex requests rich ruamel salt scapy scipy selenium sentry_sdk setuptools
    simplejson six skimage sklearn slack_sdk spacy sqlalchemy stevedore stripe sympy tabulate
    tenacity tensorflow testcontainers testtools torch tqdm transformers treq tweepy typer urllib3
    virtualenv webob wheel win32com xmltodict yarl zeroconf zope
    """.split()
)
