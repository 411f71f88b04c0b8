"""The Django project: settings, urls, the Celery app, the REST root and the launcher."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
