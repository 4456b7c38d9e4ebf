package io.bascule.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Compose file's platform, under a project name of its own, and a person with the CLI.
 *
 * @param home hers
 * @param compose how Compose is called
 */
record ComposePlatform(Path home, Shell shell, List<String> compose) {

    static final ObjectMapper JSON = new ObjectMapper();

    static final Duration LONG = Duration.ofMinutes(40);
    static final Duration SHORT = Duration.ofMinutes(2);

    private static final String PROJECT = "bascule-test";
    private static final String PORT = System.getenv().getOrDefault("BASCULE_PORT", "5000");
    private static final String URL = "http://127.0.0.1:" + PORT;

    /** @param settings of the Compose file */
    static ComposePlatform of(Path home, Map<String, String> settings) throws InterruptedException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("HOME", home.toString());
        environment.put("BASCULE_PORT", PORT);
        environment.put("COMPOSE_HTTP_TIMEOUT", "600");
        environment.put("COMPOSE_PROJECT_NAME", PROJECT);
        environment.put("COMPOSE_PROFILES", "agents,registries");
        var shell = new Shell(Map.copyOf(environment));
        return new ComposePlatform(home, shell, composeOf(shell));
    }

    static String network(String name) {
        return PROJECT + "_" + name;
    }

    String compose(Duration atMost, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of(arguments));
        return shell.run(atMost, command);
    }

    /** As {@code deploy/compose/replace} finds it. */
    private static List<String> composeOf(Shell shell) throws InterruptedException {
        try {
            shell.run(SHORT, List.of("docker", "compose", "version"));
            return List.of("docker", "compose");
        } catch (IOException | AssertionError absent) {
            return List.of("docker-compose");
        }
    }

    String docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return shell.run(SHORT, command).strip();
    }

    List<String> containers(String service) throws Exception {
        return compose(SHORT, "ps", "--all", "--quiet", service).lines().toList();
    }

    String address(String container, String network) throws Exception {
        return docker(
                "inspect",
                "--format",
                "{{(index .NetworkSettings.Networks \"%s\").IPAddress}}".formatted(network(network)),
                container);
    }

    void signIn() throws Exception {
        String password = compose(SHORT, "exec", "-T", "api-service", "cat", "/run/owner/owner.password");
        basculeWith(password, "login", URL, "--user", "owner", "--password-stdin");
    }

    String bascule(String... arguments) throws Exception {
        return basculeWith("", arguments);
    }

    /** The input is what the CLI reads. */
    String basculeWith(String input, String... arguments) throws Exception {
        return shell.run(SHORT, input, command(arguments));
    }

    /** The CLI's. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Checkout.file("cli/target/cli-0.1.0-SNAPSHOT.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Api api() throws IOException {
        Path login = home.resolve(".config/bascule/login.json");
        return new Api(
                URL + "/api/v1", JSON.readTree(login.toFile()).path("token").asText());
    }

    /** What the door answers to who asks for a page. */
    HttpResponse<String> page(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(URL + path)).build(), BodyHandlers.ofString());
    }

    /** What a query at the platform's database answers, a line for each row. */
    List<String> query(String connection, String sql) throws Exception {
        return compose(
                        SHORT,
                        "exec",
                        "-T",
                        "postgres",
                        "sh",
                        "-c",
                        "PGPASSWORD=$(cat /run/stores/postgres.password) exec psql -AtX -U bascule %s -c \"%s\""
                                .formatted(connection, sql))
                .lines()
                .toList();
    }

    /** The sum, over a service's containers, of the samples that begin so. */
    double metric(String service, String sample) throws Exception {
        double sum = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String container : containers(service)) {
                URI scrape = URI.create("http://%s:5000/prometheus".formatted(address(container, "front")));
                sum += client.send(HttpRequest.newBuilder(scrape).build(), BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith(sample))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .sum();
            }
        }
        return sum;
    }
}
