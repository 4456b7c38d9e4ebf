# A way to registries of packages, and to nothing else, for runners that have no other: see registries.conf.
#   docker build -f deploy/docker/registries.Dockerfile -t bascule/registries .
ARG NGINX=nginxinc/nginx-unprivileged:1.30
FROM ${NGINX}
COPY deploy/docker/registries.conf deploy/docker/registries.sh /app/
EXPOSE 8080
ENTRYPOINT ["sh", "/app/registries.sh"]
