package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The platform's pods in a cluster, with stores beside them: installed as docs/guides/deployment.md says, in a namespace of its
 * own. Needs the images {@code bascule/*} and those of {@code deploy/cluster/*.yaml} on the node.
 */
record Installation(Cluster cluster, Path keys) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Values for one pod of each component, small, for one machine. */
    static final String ONE_OF_EACH = """
            apiService: &one
              replicas: 1
              autoscaling: { mode: none }
              podDisruptionBudget: { enabled: false }
              resources: { requests: { cpu: 20m, memory: 128Mi } }
            instantWorker: *one
            queuedWorker: *one
            codeRunner: *one
            orchestrator: *one
            webUi: { replicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 64Mi } } }
            """;

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** Makes the namespace, the secrets and the stores; nothing of ours runs yet. */
    static Installation prepare(String namespace, Path keys) throws Exception {
        var installation = new Installation(Cluster.of(namespace), keys);
        installation.makeSecrets();
        installation.kubectl("apply", "--filename", "deploy/cluster/stores.yaml");
        installation.kubectl(
                "wait", "--for=condition=ready", "--timeout=120s", "pod/postgres", "pod/redis", "pod/kafka");
        return installation;
    }

    private void makeSecrets() throws Exception {
        cluster.shell().run(SHORT, List.of(Checkout.file("deploy/secrets").toString(), keys.toString()));
        List<String> identities = new ArrayList<>(List.of("create", "secret", "generic", "bascule-identity"));
        try (var services = Files.newDirectoryStream(keys, path -> Files.exists(path.resolve("identity.pem")))) {
            services.forEach(service -> identities.add(
                    "--from-file=%s.pem=%s".formatted(service.getFileName(), service.resolve("identity.pem"))));
        }
        kubectl(identities.toArray(String[]::new));
        kubectl("create", "configmap", "bascule-trusted-keys", "--from-file=" + keys.resolve("trusted"));
        secret("bascule-master-key", "--from-file=" + keys.resolve("master/master.key"));
        secret(
                "bascule-owner",
                "--from-literal=username=owner",
                "--from-file=password=" + keys.resolve("owner/owner.password"));
        secret(
                "bascule-database",
                "--from-literal=username=bascule",
                "--from-file=password=" + keys.resolve("stores/postgres.password"));
        secret("bascule-redis", "--from-file=password=" + keys.resolve("stores/redis.password"));
    }

    void secret(String name, String... content) throws Exception {
        List<String> command = new ArrayList<>(List.of("create", "secret", "generic", name));
        command.addAll(List.of(content));
        kubectl(command.toArray(String[]::new));
    }

    /** Installs the images of that tag, or upgrades to them, and waits until every pod is ready. */
    void upgrade(String tag, String values) throws Exception {
        String images = "image: { prefix: bascule, tag: %s, pullPolicy: Never }%n".formatted(tag);
        var release = cluster.install(
                "bascule", values + images, command -> command.waitReady().withTimeout((int) LONG.toSeconds()));
        assertThat(release.getStatus()).isEqualTo("deployed");
    }

    /** A person with the CLI, in a pod of her own, signed in as the owner. */
    void openVisitor() throws Exception {
        kubectl("apply", "--filename", "deploy/cluster/location.yaml", "--selector", "demo=visitor");
        kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/visitor");
        String password = Files.readString(keys.resolve("owner/owner.password"));
        visitor(password, "login", "http://api-service:5000", "--user", "owner", "--password-stdin");
    }

    /** What the visitor's CLI answers. */
    String visitor(String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("exec", "--stdin", "visitor", "--container", "cli", "--", "/app/entrypoint"));
        command.addAll(List.of(arguments));
        return cluster.kubectlWith(input, command.toArray(String[]::new));
    }

    /** Makes an agent known; the token with which it joins. */
    String newAgent(String name) throws Exception {
        visitor("", "agent", "create", name);
        return JSON.readTree(visitor("", "agent", "token", name, "-o", "json"))
                .path("token")
                .asText();
    }

    /** Makes known what an agent reaches at that host and port. */
    void newResource(String name, String kind, String agent, String address) throws Exception {
        String[] parts = address.split(":", 2);
        String command = "resource create %s --kind %s --agent %s --host %s --port %s";
        visitor("", command.formatted(name, kind, agent, parts[0], parts[1]).split(" "));
    }

    /** The API, from this machine, as the visitor. */
    Api api() throws Exception {
        return api("http://%s:5000"
                .formatted(kubectl("get", "service", "api-service", "--output", "jsonpath={.spec.clusterIP}")));
    }

    /** The same at another door. */
    Api api(String door) throws Exception {
        String login = kubectl("exec", "visitor", "--container", "cli", "--", "cat", "/tmp/.config/bascule/login.json");
        return new Api(door + "/api/v1", JSON.readTree(login).path("token").asText());
    }

    String kubectl(String... arguments) throws Exception {
        return cluster.kubectl(arguments);
    }
}
