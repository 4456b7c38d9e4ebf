package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The cluster that {@code KUBECONFIG} names, which may be changed, and a namespace in it that a test has for itself. */
record Cluster(Path kubeconfig, String namespace) {

    private static final Duration MOST = Duration.ofMinutes(3);

    /** Makes the namespace. */
    static Cluster of(String namespace) throws Exception {
        Path kubeconfig = Path.of(System.getenv().getOrDefault("KUBECONFIG", ""));
        assertThat(kubeconfig).as("KUBECONFIG").isRegularFile();
        var cluster = new Cluster(kubeconfig.toAbsolutePath(), namespace);
        cluster.kubectl("create", "namespace", namespace);
        return cluster;
    }

    /** Goes on at once. */
    void delete() throws Exception {
        kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    }

    String kubectl(String... arguments) throws Exception {
        return shell().run(MOST, command(arguments));
    }

    /** The input is what the command reads. */
    String kubectlWith(String input, String... arguments) throws Exception {
        return shell().run(MOST, input, command(arguments));
    }

    private List<String> command(String... arguments) {
        return Stream.concat(Stream.of("kubectl", "--namespace", namespace), Stream.of(arguments))
                .toList();
    }

    Shell shell() {
        return new Shell(Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    /** Installs the platform's chart, or upgrades it. */
    Release install(String name, String values, UnaryOperator<UpgradeCommand> how) throws Exception {
        return install(Checkout.chart(), name, values, how);
    }

    /** The same of another chart. */
    Release install(Path chart, String name, String values, UnaryOperator<UpgradeCommand> how) throws Exception {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            return how.apply(new Helm(chart)
                            .upgrade()
                            .install()
                            .withName(name)
                            .withNamespace(namespace)
                            .withKubeConfig(kubeconfig)
                            .withValuesFile(file))
                    .call();
        } finally {
            Files.delete(file);
        }
    }

    /** Nothing, if it is not there. */
    void uninstall(String name) {
        String _ = Helm.uninstall(name)
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .ignoreNotFound()
                .call();
    }
}
