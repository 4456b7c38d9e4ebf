package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import io.bascule.deploy.Checkout;
import io.bascule.deploy.RenderedChart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One service of the platform, as the chart and the numbers have it.
 *
 * @param name as in Kubernetes, such as {@code api-service}
 * @param image its name without prefix and tag
 * @param ports by their names
 * @param settings environment that is no secret; stores are called DATABASE, REDIS and KAFKA:9092
 * @param secrets names of the environment that is
 * @param numbers its part of {@code deploy/scaling.yaml}
 */
record Component(
        String name,
        String image,
        Map<String, Integer> ports,
        Map<String, String> settings,
        List<String> secrets,
        JsonNode numbers) {

    static final JsonNode NUMBERS = Checkout.yaml("deploy/scaling.yaml");

    private static final Map<String, String> SECRETS = Map.of(
            "BASCULE_DATABASE_USERNAME", "database-username",
            "BASCULE_DATABASE_PASSWORD", "database-password",
            "SPRING_DATA_REDIS_PASSWORD", "redis-password",
            "BASCULE_BOOTSTRAP_USERNAME", "owner-username",
            "BASCULE_BOOTSTRAP_PASSWORD", "owner-password");

    private static final RenderedChart CHART = RenderedChart.with("""
            database: { host: DATABASE }
            redis: { host: REDIS }
            kafka: { bootstrapServers: "KAFKA:9092" }
            image: { prefix: IMAGES, tag: VERSION }
            migration: { mode: job }
            """);

    static List<Component> all() {
        return CHART.workloads().map(Component::of).toList();
    }

    static Component named(String name) {
        return all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    }

    private static Component of(JsonNode workload) {
        String name = workload.at("/metadata/name").asText();
        JsonNode container = workload.at("/spec/template/spec/containers/0");
        Map<String, String> settings = new TreeMap<>();
        JsonNode data = CHART.object("ConfigMap", name).path("data");
        data.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return new Component(
                name,
                container.path("image").asText().replaceAll("IMAGES/(.*):VERSION", "$1"),
                container
                        .path("ports")
                        .valueStream()
                        .collect(Collectors.toMap(
                                port -> port.path("name").asText(),
                                port -> port.path("containerPort").asInt(),
                                (one, _) -> one,
                                TreeMap::new)),
                settings,
                secretsOf(container),
                NUMBERS.path("components").path(name));
    }

    private static List<String> secretsOf(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .filter(variable -> variable.at("/valueFrom").has("secretKeyRef"))
                .map(variable -> variable.path("name").asText())
                .toList();
    }

    /** The name in a store of secrets of what an environment's variable is to have. */
    static String secret(String variable) {
        return Objects.requireNonNull(SECRETS.get(variable), variable);
    }

    int port(String port) {
        return Objects.requireNonNull(ports.get(port), port);
    }

    /** Signs its calls, hence needs its own key and everyone's public ones. */
    boolean hasIdentity() {
        return settings.containsKey("BASCULE_IDENTITY_PRIVATEKEYFILE");
    }

    boolean hasMasterKey() {
        return settings.containsKey("BASCULE_SECRETS_MASTERKEYFILE");
    }

    /** Of the key with which it signs. */
    String identity() {
        return image;
    }

    boolean scales() {
        return !numbers.path("scaler").asText().equals("none");
    }

    int least() {
        return numbers.at("/pods/min").asInt();
    }

    int most() {
        return numbers.at("/pods/max").asInt();
    }

    /** Processors that it may use. */
    double processors() {
        String text = numbers.at("/resources/limits/cpu").asText();
        return text.endsWith("m") ? Double.parseDouble(text.replace("m", "")) / 1000 : Double.parseDouble(text);
    }

    /** Memory that it may use, in MiB. */
    int mebibytes() {
        String text = numbers.at("/resources/limits/memory").asText();
        int number = Integer.parseInt(text.replaceAll("[MG]i", ""));
        return text.endsWith("Gi") ? number * 1024 : number;
    }

    /** For names that have no hyphens. */
    String id() {
        return List.of(name.split("-")).stream()
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
    }
}
