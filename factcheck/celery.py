"""The Celery app. A message carries one id and means "look"; the database is the truth."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_ready
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from factcheck import redis_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

redis_transport.use()
app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**_: Any) -> None:
    """Keep Celery from setting up its own logging; worker and web write the same lines."""
    dictConfig(settings.LOGGING)


@worker_ready.connect
def say_that_the_worker_is_here(**_: Any) -> None:
    """Ask for a first heartbeat at once instead of waiting for beat's next one."""
    app.send_task("desk.tasks.heartbeat")
