# The image of a Spring service. Build it from the checkout after `./mvnw package`, naming the module:
#   docker build -f deploy/docker/service.Dockerfile --build-arg MODULE=api-service -t bascule/api-service .
ARG JAVA=eclipse-temurin:25-jre
# The flags with which the classes are noted and the service runs: one without the other, and the notes are not used.
ARG JVM_FLAGS="-XX:MaxRAMPercentage=60 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
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
ARG JVM_FLAGS
ENV JAVA_OPTIONS="${JVM_FLAGS}"
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
ARG JVM_FLAGS
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    JAVA_OPTIONS="-XX:AOTCache=app.aot ${JVM_FLAGS}"
USER 65532:65532
EXPOSE 5000
HEALTHCHECK --interval=10s --timeout=3s --start-period=300s --retries=3 CMD ["/app/healthy"]
ENTRYPOINT ["/app/entrypoint"]
