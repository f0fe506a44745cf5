# The hub in a container: what it needs is installed from the hashed lock, and it runs as nobody in particular.
# Build: docker build --tag concord-hub .    With Neo4j: see compose.yaml
FROM python:3.11-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/concord
WORKDIR /build
COPY requirements.lock ./
RUN /opt/concord/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY hub hub
COPY schema schema
COPY resolvers resolvers
COPY graph graph
COPY connectors connectors
COPY policies policies
RUN /opt/concord/bin/pip install --no-deps --no-build-isolation . \
    && /opt/concord/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim-bookworm

RUN groupadd --gid 10001 hub && useradd --uid 10001 --gid hub --no-create-home --shell /usr/sbin/nologin hub \
    && install --directory --owner hub --group hub --mode 0700 /data
COPY --from=build /opt/concord /opt/concord

ENV PATH=/opt/concord/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    SQLITE_TMPDIR=/data HUB_DATA=/data HUB_HOST=0.0.0.0 HUB_PORT=8000 HUB_MODE=production HUB_LOG=json
USER hub
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["hub"]
CMD ["serve", "--workers", "2"]
