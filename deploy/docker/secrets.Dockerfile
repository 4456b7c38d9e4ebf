# Makes what a Compose deployment must keep secret, once, into volumes (see ../secrets).
#   docker build -f deploy/docker/secrets.Dockerfile -t bascule/secrets .
FROM debian:13-slim
RUN apt-get update && apt-get install -y --no-install-recommends openssl && rm -rf /var/lib/apt/lists/*
COPY deploy/secrets /usr/local/bin/secrets
# A volume that is mounted over one of these for the first time takes its owner.
RUN for part in stores owner master trusted api-service bridge-service instant-worker queued-worker code-runner orchestrator; do \
      mkdir -p /secrets/$part; done && chown -R 65532:65532 /secrets
USER 65532:65532
ENTRYPOINT ["secrets"]
CMD ["/secrets"]
