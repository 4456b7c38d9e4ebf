# The browser UI as static files. Build it from the checkout after `./mvnw package`:
#   docker build -f deploy/docker/web-ui.Dockerfile -t bascule/web-ui .
ARG NGINX=nginxinc/nginx-unprivileged:1.30
FROM ${NGINX}
COPY deploy/docker/web-ui.conf /etc/nginx/conf.d/default.conf
COPY web-ui/dist/ /usr/share/nginx/html/
EXPOSE 8080
