# The one door of a Compose deployment: sends /api to the API's replicas and everything else to the UI.
#   docker build -f deploy/docker/edge.Dockerfile -t bascule/edge .
ARG NGINX=nginxinc/nginx-unprivileged:1.30
FROM ${NGINX}
COPY deploy/docker/edge.conf /etc/nginx/conf.d/default.conf
EXPOSE 8080
