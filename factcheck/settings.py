"""Every setting of the desk, in this one module, from the environment.

Nothing has to be set to run it embedded (`make run`); docs/operations.md lists each variable with
its default and what production needs. `DESK_ENV=production` refuses to start when something that
keeps people safe is missing.
"""

import logging
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import environ  # type: ignore[import-untyped]  # ships no types
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from claims.readiness import CHOSEN
from factcheck import embedded, logs

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# development: embedded defaults, plain http. production: everything below is enforced.
DESK_ENV = env.str("DESK_ENV", default="development")
if DESK_ENV not in ("development", "production"):
    raise ImproperlyConfigured(f"DESK_ENV is {DESK_ENV!r}; it must be development or production.")
PRODUCTION = DESK_ENV == "production"

# Off even in development: a traceback page shows what a newsroom's draft says to whoever sees it.
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on; the desk does not start in production with DEBUG on.")

# Where the embedded desk keeps its database, its Redis, its secret and its logs.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).expanduser().resolve()

# --- Who may reach it -------------------------------------------------------------------------

# Signs sessions and reset links. In development it is made once and kept in DATA_DIR.
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY and PRODUCTION:
    raise ImproperlyConfigured("SECRET_KEY is not set; production needs a long random one.")
SECRET_KEY = SECRET_KEY or embedded.lasting_secret(DATA_DIR / "secret_key")

# Earlier keys, newest first, still honoured when reading: rotate without signing everybody out.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The names under which people reach the desk. The loopback address is for health checks.
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS and PRODUCTION:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set; name the hosts the desk answers to.")
ALLOWED_HOSTS = [*(ALLOWED_HOSTS or ["localhost", "[::1]"]), "127.0.0.1"]

# Origins (https://desk.example.org) that may send forms, where a proxy changes the host name.
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# How many proxies of ours stand in front. With at least one, its X-Forwarded-Proto says whether
# the reader came by https and X-Forwarded-For who they are; with none, both headers are ignored.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "factcheck.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_structlog",
    "csp",
    "claims",
    "desk",
    "seeds",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Forms carry a key that differs in every answer, and answers a length that does (BREACH).
    "factcheck.compressing.PageCompression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "desk.pages.language.ReaderLanguageMiddleware",
    "factcheck.request_log.RequestLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.pages.frame.frame",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------

# Seconds a PostgreSQL connection is kept for the next request; it is checked before it is reused.
DATABASE_CONN_MAX_AGE = env.int("DATABASE_CONN_MAX_AGE", default=600)


# Whether PostgreSQL keeps the plans of repeated statements: a list costs a quarter of its time. Off
# behind a proxy that shares connections between transactions and does not know prepared statements.
DATABASE_PREPARE = env.bool("DATABASE_PREPARE", default=True)


def _database() -> dict[str, Any]:
    """PostgreSQL where DATABASE_URL says so, else SQLite in DATA_DIR."""
    if env.str("DATABASE_URL", default=""):
        reuse = {"CONN_MAX_AGE": DATABASE_CONN_MAX_AGE, "CONN_HEALTH_CHECKS": True}
        given = env.db_url("DATABASE_URL")
        if given["ENGINE"] == "django.db.backends.postgresql":
            given["ENGINE"] = "factcheck.postgresql"
        kept = {"server_side_binding": True, "prepare_threshold": 3} if DATABASE_PREPARE else {}
        return {**given, **reuse, "OPTIONS": {**kept, **given.get("OPTIONS", {})}}
    journal = embedded.journal_mode(sqlite3.sqlite_version_info)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "desk.sqlite3",
        "OPTIONS": {
            # Take the write lock when a transaction begins: it is the row lock SQLite lacks, and
            # nobody is refused in the middle of a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Without recursive triggers, INSERT OR REPLACE would delete rows that must stay.
            "init_command": (
                f"PRAGMA synchronous=FULL; PRAGMA journal_mode={journal};"
                " PRAGMA recursive_triggers=ON;"
            ),
        },
        # A file, so that other processes (workers, browsers' servers) can open it as well.
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The embedded Redis listens on a socket in a private folder. Where its wheel does not fit this
# machine the messages are files instead, and the database counts requests.
REDIS_URL = env.str("REDIS_URL", default="")
if not REDIS_URL and embedded.redis_binary():
    REDIS_URL = f"unix://{embedded.socket_path(DATA_DIR)}?db=0"

# Seconds a web process gives the broker before it goes on without it. No request waits longer.
BROKER_TIMEOUT = env.float("BROKER_TIMEOUT", default=0.25)

# What guards anything is shared between processes: never the memory of one of them.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "desk_cache",
    }
}
if REDIS_URL:
    CACHES["throttle"] = {
        "BACKEND": "factcheck.rest.counting.CountingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "throttle",
        "OPTIONS": {"socket_timeout": BROKER_TIMEOUT, "socket_connect_timeout": BROKER_TIMEOUT},
    }
else:
    CACHES["throttle"] = {**CACHES["default"], "KEY_PREFIX": "throttle"}

# --- Celery: a message means "look", the rows are the jobs ------------------------------------

if REDIS_URL:
    CELERY_BROKER_URL = embedded.celery_url(REDIS_URL)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "socket_timeout": BROKER_TIMEOUT,
        "socket_connect_timeout": BROKER_TIMEOUT,
        "retry_on_timeout": False,
        # What a killed worker held is handed out again after a minute; the sweep is faster anyway.
        "visibility_timeout": 60,
    }
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = embedded.filesystem_broker(DATA_DIR / "broker")

CELERY_BROKER_CONNECTION_TIMEOUT = 2.0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A publish that fails is not repeated while somebody waits: the sweep finds the row.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# Seconds between two sweeps for rows that nobody was woken for.
DESK_SWEEP_SECONDS = env.float("DESK_SWEEP_SECONDS", default=5.0)
HEARTBEAT_SECONDS = 10.0


def _periodic(task: str, seconds: float) -> dict[str, Any]:
    """One line of the beat schedule. It expires at the next beat, so that none ever pile up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "sweep": _periodic("desk.tasks.sweep", DESK_SWEEP_SECONDS),
    "sweep-readings": _periodic("claims.tasks.sweep", DESK_SWEEP_SECONDS),
    "sweep-publication": _periodic("claims.tasks.sweep_publication", DESK_SWEEP_SECONDS),
    "heartbeat": _periodic("desk.tasks.heartbeat", HEARTBEAT_SECONDS),
    "mails": _periodic("desk.tasks.sweep_mails", DESK_SWEEP_SECONDS),
    "count-days": _periodic("desk.tasks.count_days", DESK_SWEEP_SECONDS),
    "tidy-up": _periodic("claims.tasks.tidy_up", 3600.0),
    "learn": {"task": "claims.tasks.learn", "schedule": crontab(hour=3, minute=0)},
}

# --- The desk's own rules ---------------------------------------------------------------------

# Minutes a task stays with the person it was given to before they start it.
DESK_ASSIGNED_LEASE_MINUTES = env.int("DESK_ASSIGNED_LEASE_MINUTES", default=240)
# Minutes a started task stays with its checker; each save of the draft renews it.
DESK_WORKING_LEASE_MINUTES = env.int("DESK_WORKING_LEASE_MINUTES", default=60)
# Minutes before publication at which the check of an article's claims is due.
DESK_DUE_BEFORE_PUBLICATION_MINUTES = env.int("DESK_DUE_BEFORE_PUBLICATION_MINUTES", default=30)
# Hours in which a claim is due when its article has no publication time, by priority.
DESK_DUE_HOURS_URGENT = env.float("DESK_DUE_HOURS_URGENT", default=1)
DESK_DUE_HOURS_HIGH = env.float("DESK_DUE_HOURS_HIGH", default=4)
DESK_DUE_HOURS_ROUTINE = env.float("DESK_DUE_HOURS_ROUTINE", default=24)
# Minutes after which an overdue task is brought before the lead again; 0 is never again.
DESK_ESCALATE_AGAIN_MINUTES = env.int("DESK_ESCALATE_AGAIN_MINUTES", default=0)
# Attempts at assigning a task that may break off before it is put into quarantine.
DESK_MAX_ATTEMPTS = env.int("DESK_MAX_ATTEMPTS", default=5)
# Seconds after which an attempt that was not finished counts as broken off.
DESK_ATTEMPT_SECONDS = env.float("DESK_ATTEMPT_SECONDS", default=15)
# The same for reading a version, which takes longer.
DESK_READING_SECONDS = env.float("DESK_READING_SECONDS", default=60)
# In which time zone the board counts days. After a change: manage.py recount_board.
DESK_TIME_ZONE = env.str("DESK_TIME_ZONE", default="UTC")
if DESK_TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(
        f"DESK_TIME_ZONE is {DESK_TIME_ZONE!r}; it must name a time zone, such as Europe/Berlin."
    )
# What a verdict must have besides rating, summary, explanation and evidence; what is not named is
# only advised.
DESK_VERDICT_NEEDS = env.list("DESK_VERDICT_NEEDS", default=[])
if set(DESK_VERDICT_NEEDS) - set(CHOSEN):
    raise ImproperlyConfigured(f"DESK_VERDICT_NEEDS is a list of: {', '.join(CHOSEN)}.")
# Who sends it as Bearer may read /metrics; without one only this machine itself may.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Networks (CIDR) besides the public internet that articles and feeds may be fetched from.
INTAKE_ALLOWED_NETWORKS = env.list("INTAKE_ALLOWED_NETWORKS", default=[])

# --- Webhooks ----------------------------------------------------------------------------------

# Seconds in which a receiver has to answer.
WEBHOOK_SECONDS = env.float("WEBHOOK_SECONDS", default=10)
# Seconds until a failed delivery is tried again; each further gap is four times as long, up to 8 h.
WEBHOOK_RETRY_SECONDS = env.float("WEBHOOK_RETRY_SECONDS", default=5)
# Hours after which a delivery is given up, and a webhook at which nothing arrives is disabled.
WEBHOOK_RETRY_HOURS = env.float("WEBHOOK_RETRY_HOURS", default=72)
# Hours for which a replaced secret signs as well.
WEBHOOK_OLD_SECRET_HOURS = env.float("WEBHOOK_OLD_SECRET_HOURS", default=24)
# Days for which attempts are kept in the log.
WEBHOOK_LOG_DAYS = env.int("WEBHOOK_LOG_DAYS", default=90)
# Networks (CIDR) besides the public internet that webhooks may be in.
WEBHOOK_ALLOWED_NETWORKS = env.list("WEBHOOK_ALLOWED_NETWORKS", default=[])
# Whether webhooks may have addresses that begin with http://.
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=not PRODUCTION)

# --- Signing in -------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "desk.roles.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"

# Accounts are made by the desk lead in the admin: nobody signs up from outside.
ACCOUNT_ADAPTER = "factcheck.accounts.DeskAccountAdapter"
ACCOUNT_FORMS = {"login": "factcheck.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Factcheck Desk"
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Hours after which a session ends, at the latest.
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "factcheck.pages.csrf_failure"

# Where mail goes (password reset): printed to the log unless a server is named.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="desk@localhost")
# Seconds a worker waits for the mail server.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)

# --- What a browser is told -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# Plain http is sent to https, except for the health checks of the machine next door.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
# Seconds for which a browser insists on https. A year; lower it for a first trial.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

# Bytes of a request that are read: a long read is about 100 kB, a dossier a few times that.
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_REQUEST_BYTES", default=5 * 1024 * 1024)

# --- Files that never change ------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "factcheck" / "static"]
# In development the files are served from where they lie, without a collectstatic step.
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# --- The REST interface -----------------------------------------------------------------------

# Requests a minute: signed in, and by address when nobody is.
THROTTLE_USER_PER_MINUTE = env.int("THROTTLE_USER_PER_MINUTE", default=6000)
THROTTLE_ANON_PER_MINUTE = env.int("THROTTLE_ANON_PER_MINUTE", default=60)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "factcheck.rest.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["factcheck.rest.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["factcheck.rest.parsers.OrjsonParser"],
    "DEFAULT_THROTTLE_CLASSES": ["factcheck.rest.throttling.WindowThrottle"],
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.DeskSchema",
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "claims.api.errors.Handler",
    "EXCEPTION_FORMATTER_CLASS": "claims.api.errors.Formatter",
}

# Days after which an API token ends. It is kept as a hash: who has the database has no tokens.
TOKEN_DAYS = env.int("TOKEN_DAYS", default=90)
REST_KNOX = {"TOKEN_TTL": timedelta(days=TOKEN_DAYS), "TOKEN_PREFIX": "desk_"}

SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck Desk",
    "DESCRIPTION": "Articles come in, claims are checked, a second person approves the verdict.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "TaskState": "desk.states.TaskState",
        "ClaimState": "claims.states.ClaimState",
        "VerdictState": "claims.states.VerdictState",
        "Decision": "claims.states.Decision",
        "ClearanceDecision": "claims.api.clearance_shapes.DECISIONS",
        "OverrideDecision": "claims.models.proof.ClearanceOverride.Decision",
        "FactCheckState": "claims.states.FactCheckState",
        "CorrectionKind": "claims.models.publication.Correction.Kind",
        "MediaKind": "claims.models.publication.Edition.Media",
        "MediaCategory": "claims.models.publication.MediaCategory",
        "Role": "desk.models.staff.Role",
        "AttributionRole": "claims.models.claims.Attribution.Role",
        "ClaimKind": "claims.models.claims.Claim.Kind",
        "SentenceKind": "claims.models.reading.Sentence.Kind",
        "SourceKind": "claims.models.claims.Source.Kind",
        "Priority": "claims.api.outputs.PRIORITIES",
        "WebhookState": "claims.models.webhooks.Webhook.State",
        "DeliveryState": "claims.models.webhooks.WebhookDelivery.State",
    },
}

# --- What goes out to the world -----------------------------------------------------------------

# Where readers reach the public pages: the start of every canonical address. No slash at the end.
_ON_THIS_MACHINE = f"http://127.0.0.1:{env.str('PORT', default='') or 8000}"
PUBLIC_URL = env.str("PUBLIC_URL", default=_ON_THIS_MACHINE).rstrip("/")
# The newsroom, as ClaimReview, feeds and pages name it; its home page; an address of its logo.
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="Factcheck Desk")
PUBLISHER_URL = env.str("PUBLISHER_URL", default=PUBLIC_URL)
# Other hosts on which the newsroom publishes, or has published, fact-checks of its own.
PUBLISHER_SITES = env.list("PUBLISHER_SITES", default=[])
PUBLISHER_LOGO_URL = env.str("PUBLISHER_LOGO_URL", default="")

# --- Language, time, logs ---------------------------------------------------------------------

LANGUAGE_CODE = "en"
# The languages of the pages; REST and the admin speak English.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "factcheck.formats"
TIME_ZONE = "UTC"
USE_TZ = True

# The least grave line that is kept: DEBUG, INFO, WARNING, ERROR.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
# json: one object a line, for a log store. text: for a person.
LOG_FORMAT = env.str("LOG_FORMAT", default="json" if PRODUCTION else "text")
LOGGING = logs.logging_config(as_json=LOG_FORMAT == "json", level=LOG_LEVEL)
logs.configure_structlog()
# The request id travels with every message, so that the worker's lines carry it too.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# One line when a request or a task is over says it all; that it began is for debugging.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_TASK_SUCCESS_LOG_LEVEL = logging.INFO
