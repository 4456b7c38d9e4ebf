# PgBouncer before the database of a Compose deployment: many services share few connections.
#   docker build -f deploy/docker/pgbouncer.Dockerfile -t bascule/pgbouncer .
FROM debian:13-slim
RUN apt-get update && apt-get install -y --no-install-recommends pgbouncer && rm -rf /var/lib/apt/lists/*
COPY deploy/docker/pgbouncer.ini deploy/docker/pgbouncer.sh /app/
USER 65532:65532
EXPOSE 6432
# Lets transactions end and then goes; at SIGTERM it would wait until the last service has left.
STOPSIGNAL SIGINT
ENTRYPOINT ["sh", "/app/pgbouncer.sh"]
