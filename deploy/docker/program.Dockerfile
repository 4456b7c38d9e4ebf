# The image of a plain program (schema, agent, cli): its jar and its libraries. Build it from the checkout after
# `./mvnw package`, naming the module:
#   docker build -f deploy/docker/program.Dockerfile --build-arg MODULE=agent -t bascule/agent .
ARG JAVA=eclipse-temurin:25-jre
FROM ${JAVA}
ARG MODULE
WORKDIR /app
COPY deploy/docker/entrypoint ./
COPY ${MODULE}/target/lib/ lib/
COPY ${MODULE}/target/${MODULE}-*-SNAPSHOT.jar app.jar
ENV JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
# Where an agent keeps its key and certificate; a volume that is mounted here for the first time takes this owner.
RUN mkdir /var/lib/bascule && chown 65532:65532 /var/lib/bascule
USER 65532:65532
ENTRYPOINT ["/app/entrypoint"]
