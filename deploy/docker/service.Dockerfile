# The image of a Spring service. Build it from the checkout after `./mvnw package`, naming the module:
#   docker build -f deploy/docker/service.Dockerfile --build-arg MODULE=api-service -t bascule/api-service .
ARG JAVA=eclipse-temurin:25-jre
FROM ${JAVA} AS layers
ARG MODULE
WORKDIR /build
COPY ${MODULE}/target/${MODULE}-*-app.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers

# What a start needs of the classes, noted by a first one: with the files at the places and times that they have below.
FROM ${JAVA} AS trained
RUN apt-get update && apt-get install -y --no-install-recommends openssl
COPY deploy/secrets /usr/local/bin/secrets
RUN secrets /keys
WORKDIR /app
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY deploy/docker/train ./
ENV JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ARG MODULE
RUN ./train ${MODULE}

FROM ${JAVA}
WORKDIR /app
COPY deploy/docker/entrypoint deploy/docker/healthy ./
# What changes least comes first, so that a new version of our code is one small layer.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY --from=trained /app/app.aot ./
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    JAVA_OPTIONS="-XX:AOTCache=app.aot -XX:MaxRAMPercentage=60 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
USER 65532:65532
EXPOSE 5000
HEALTHCHECK --interval=10s --timeout=3s --start-period=300s --retries=3 CMD ["/app/healthy"]
ENTRYPOINT ["/app/entrypoint"]
