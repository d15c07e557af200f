# The observatory as an image, set up by the Makefile's own commands.
#
#   docker build --tag pes-observatory .
#   docker run --rm --volume pes-home:/data pes-observatory              one night
#   docker run --rm --volume pes-home:/data pes-observatory pes status   any other command
#
# BASE is any Debian with Python 3.11 or newer, its venv module, and apt.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

# make runs the set-up; the certificates are for https sources.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make ca-certificates \
    && rm -rf /var/lib/apt/lists/*

# Runs as this user, who may write /data and nothing else.
RUN useradd --uid 10001 --create-home pes \
    && install --directory --owner pes --group pes /data

WORKDIR /app
VOLUME /data
ENV PATH=/app/.venv/bin:$PATH \
    PES_HOME=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1

ARG UV_NO_CACHE=1
ARG PIP_NO_CACHE_DIR=1
# While building, trust what the base trusts; mount a store of your own over it where needed.
ARG SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
ARG PIP_CERT=/etc/ssl/certs/ca-certificates.crt

# Dependencies first: this layer is built anew only when they change.
COPY Makefile requirements.txt ./
RUN make requirements

COPY . .
RUN make setup

USER pes

# A night ends by itself, so the image has no health check; docker-compose.yml gives each
# service that stays up its own.
CMD ["pes", "nightly"]
