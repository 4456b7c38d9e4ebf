# A plain program (schema, agent, cli): its jar and its libraries. Build it from the checkout after `./mvnw package`:
#   docker build -f deploy/docker/program.Dockerfile --build-arg MODULE=agent -t bascule/agent .
FROM eclipse-temurin:25-jre
ARG MODULE
WORKDIR /app
COPY ${MODULE}/target/lib/ lib/
COPY ${MODULE}/target/${MODULE}-*-SNAPSHOT.jar app.jar
USER 65532:65532
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
