# The image of the code runner: a Spring service with Node, Python and the sandbox launcher. Build it from the checkout after
# `./mvnw package`:
#   docker build -f deploy/docker/code-runner.Dockerfile -t bascule/code-runner .
ARG JAVA=eclipse-temurin:25-jre
ARG NODE=node:24-slim
# The flags with which the classes are noted and the service runs: one without the other, and the notes are not used. The
# virtual machine leaves most of the memory to the functions.
ARG JVM_FLAGS="-XX:MaxRAMPercentage=15 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
FROM ${JAVA} AS layers
WORKDIR /build
COPY code-runner/target/code-runner-*-app.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers

# The base of the image itself: the library is loaded into its Python, with its C library.
FROM ${JAVA} AS launcher
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY code-runner/src/main/c /build
RUN sh /build/build.sh /build/out \
    && mv /build/out/sandbox-launcher-*.so /build/sandbox-launcher.so \
    && mv /build/out/sandbox-launcher-* /build/sandbox-launcher

FROM ${NODE} AS node

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
RUN ./train code-runner

FROM ${JAVA}
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY deploy/docker/entrypoint deploy/docker/healthy ./
COPY --from=launcher /build/sandbox-launcher /build/sandbox-launcher.so ./
# What changes least comes first, so that a new version of our code is one small layer.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY --from=trained /app/app.aot ./
ARG JVM_FLAGS
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    BASCULE_RUNNER_LAUNCHER=/app/sandbox-launcher \
    BASCULE_RUNNER_NODE=/usr/local/bin/node \
    JAVA_OPTIONS="-XX:AOTCache=app.aot ${JVM_FLAGS}"
USER 65532:65532
EXPOSE 5000 5090
HEALTHCHECK --interval=10s --timeout=3s --start-period=300s --retries=3 CMD ["/app/healthy"]
ENTRYPOINT ["/app/entrypoint"]
