"""Well-known libraries: what their functions are called like tells nothing of a launch.

The names are those that code imports. Frameworks that serve are not here: see
:mod:`.frameworks`.
"""

from __future__ import annotations

LIBRARIES = frozenset(
    """
    accelerate agno airflow_client alembic allure ansible appium asgiref asyncpg attr attrs autogen
    azure babel bcrypt behave bokeh boto boto3 botocore bs4 cachetools certifi chardet click cliff
    cloudpickle colorama crewai cryptography cv2 databases datadog dateutil distro django_filters
    dns docker docutils elasticsearch fabric factory faker filelock flake8 fsspec ghapi git github
    gitlab glanceclient google googleapiclient graphql haystack httplib2 httpx hypothesis ignite
    influxdb invoke ipaddress ironicclient isodate itsdangerous jenkins jinja2 jira jmespath joblib
    jsonschema jwt keystoneauth1 keystoneclient kubernetes langchain langgraph ldap libcloud
    libvirt lightning llama_index lxml mako marimo markdown markupsafe marshmallow marvin
    matplotlib mock modal mongoengine msgpack multidict mypy netaddr netifaces networkx
    neutronclient nltk novaclient numpy oauthlib openai openstack opentelemetry orjson
    oslo_concurrency oslo_db oslo_upgradecheck oslo_utils packaging pandas paramiko pbr peewee
    pexpect pika_client pip pkg_resources playwright plotly pluggy prettytable prometheus_client
    proton psutil psycopg psycopg2 pyarrow pycurl pydantic pydantic_ai pygments pymongo pymysql
    pynamodb pyparsing pyroute2 pytest pytorch_lightning pytz pywinauto redis regex requests rich
    ruamel sacred salt scapy scipy selenium sentry_sdk setuptools simplejson six skimage sklearn
    slack_sdk smolagents spacy sqlalchemy stevedore strands stripe sympy tabulate tenacity
    tensorflow testcontainers testtools torch tqdm transformers treq tweepy typer urllib3
    virtualenv webob wheel win32com xmltodict yarl zeroconf zope
    """.split()
)
