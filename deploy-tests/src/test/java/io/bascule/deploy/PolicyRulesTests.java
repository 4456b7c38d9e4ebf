package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/cluster/policies.jq} makes of NetworkPolicies: the meaning that Kubernetes gives them. */
class PolicyRulesTests {

    private static final String PODS = """
            {"items": [
              {"metadata": {"name": "api", "namespace": "ours", "labels": {"app": "api"}},
               "spec": {"containers": [{"ports": [{"name": "http", "containerPort": 5000}]}]},
               "status": {"podIP": "10.1.0.5", "phase": "Running"}},
              {"metadata": {"name": "runner", "namespace": "ours", "labels": {"app": "runner"}},
               "spec": {"containers": [{"ports": [{"name": "calls", "containerPort": 5090}]}]},
               "status": {"podIP": "10.1.0.6", "phase": "Running"}},
              {"metadata": {"name": "prometheus", "namespace": "monitoring", "labels": {"app": "prometheus"}},
               "spec": {"containers": [{}]}, "status": {"podIP": "10.1.0.7", "phase": "Running"}},
              {"metadata": {"name": "done", "namespace": "ours", "labels": {"app": "api"}},
               "spec": {"containers": [{}]}, "status": {"podIP": "10.1.0.8", "phase": "Succeeded"}}]}""";

    private static final String NAMESPACES = """
            {"items": [{"metadata": {"name": "ours", "labels": {"name": "ours"}}},
                       {"metadata": {"name": "monitoring", "labels": {"name": "monitoring"}}}]}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void findJq() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "jq"))),
                "jq is on the PATH");
    }

    /** The rules that policies for the runner come to. */
    private String rules(String... specs) throws Exception {
        var policies = Stream.of(specs)
                .map("{\"metadata\": {\"namespace\": \"ours\"}, \"spec\": %s}"::formatted)
                .toList();
        Map<String, String> files = Map.of(
                "pods",
                PODS,
                "namespaces",
                NAMESPACES,
                "policies",
                "{\"items\": [%s]}".formatted(String.join(",", policies)));
        var command = Stream.<String>builder().add("jq").add("--null-input").add("--raw-output");
        for (var file : files.entrySet()) {
            Path path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
            command.add("--slurpfile").add(file.getKey()).add(path.toString());
        }
        List<String> all = command.add("--from-file")
                .add("deploy/cluster/policies.jq")
                .build()
                .toList();
        return new Shell(Map.of()).run(Duration.ofMinutes(1), all);
    }

    private static String runnersIngress(String rules) {
        return "{\"podSelector\": {\"matchLabels\": {\"app\": \"runner\"}}, \"policyTypes\": [\"Ingress\"], \"ingress\": [%s]}"
                .formatted(rules);
    }

    private static List<String> chain(String rules, String name) {
        return rules.lines()
                .map(String::strip)
                .dropWhile(line -> !line.equals("chain " + name + " {"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("reject"))
                .toList();
    }

    @Test
    void whoIsNotSelectedIsNotIsolated() throws Exception {
        String rules = rules(runnersIngress(""));

        assertThat(chain(rules, "ingress-10-1-0-6")).isEmpty();
        assertThat(rules)
                .contains("ip daddr 10.1.0.6 jump ingress-10-1-0-6")
                .doesNotContain("10.1.0.5", "egress-")
                .containsOnlyOnce("jump");
    }

    @Test
    void peersAndPortsArePodsThatLiveAndTheReceiversOwn() throws Exception {
        String rules = rules(runnersIngress("""
                        {"ports": [{"port": "calls", "protocol": "TCP"}], "from": [{"podSelector": {"matchLabels": {"app": "api"}}}]},
                        {"ports": [{"port": "other"}]},
                        {"from": [{"podSelector": {"matchLabels": {"app": "nobody"}}}]}"""), runnersIngress("""
                        {"ports": [{"port": 5000}],
                         "from": [{"namespaceSelector": {"matchExpressions": [{"key": "name", "operator": "NotIn", "values": ["ours"]}]}}]}"""));

        assertThat(chain(rules, "ingress-10-1-0-6"))
                .containsExactly(
                        "ip saddr { 10.1.0.5 } tcp dport 5090 return", "ip saddr { 10.1.0.7 } tcp dport 5000 return");
    }

    @Test
    void egressIsForNetworksToo() throws Exception {
        String rules = rules("""
                {"podSelector": {}, "policyTypes": ["Egress"], "egress": [
                  {"ports": [{"port": 53, "protocol": "UDP"}]},
                  {"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}], "ports": [{"port": 400, "endPort": 500}]}]}""");

        assertThat(chain(rules, "egress-10-1-0-5"))
                .isEqualTo(chain(rules, "egress-10-1-0-6"))
                .containsExactly(
                        "udp dport 53 return",
                        "ip daddr 0.0.0.0/0 ip daddr != { 10.0.0.0/8 } tcp dport 400-500 return");
        assertThat(rules).doesNotContain("ingress-", "10.1.0.7");
    }
}
