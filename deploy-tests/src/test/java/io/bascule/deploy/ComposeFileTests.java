package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that every service of the Compose file keeps. */
class ComposeFileTests {

    private static final JsonNode COMPOSE = Checkout.yaml("docker-compose.yml");
    private static final List<String> STORES =
            List.of("postgres", "postgres-replica", "redis", "kafka", "demo-postgres");

    private static Stream<Entry<String, JsonNode>> services() {
        return COMPOSE.path("services").properties().stream();
    }

    private static Stream<Entry<String, JsonNode>> ours() {
        return services().filter(each -> !STORES.contains(each.getKey()));
    }

    private static JsonNode setting(Entry<String, JsonNode> service, String name) {
        return service.getValue().path(name);
    }

    @Test
    void theServicesHaveTheNamesByWhichOthersKnowThem() {
        assertThat(services().map(Entry::getKey))
                .contains("api-service", "queued-worker", "custom-code-runner", "instant-worker", "orchestrator");
    }

    @Test
    void everyProgramOfOursRunsReadOnlyWithoutPrivileges() {
        assertThat(ours()).allSatisfy(service -> {
            assertThat(setting(service, "read_only").asBoolean()).isTrue();
            assertThat(setting(service, "cap_drop").toString()).contains("ALL");
            assertThat(setting(service, "security_opt").toString()).contains("no-new-privileges:true");
            assertThat(setting(service, "restart").isTextual()).isTrue();
            assertThat(setting(service, "logging").isObject()).isTrue();
        });
    }

    @Test
    void everythingThatStaysIsLimitedInMemory() {
        assertThat(services().filter(each -> !setting(each, "restart").asText().equals("on-failure")))
                .isNotEmpty()
                .allSatisfy(service ->
                        assertThat(setting(service, "mem_limit").asText()).matches("[0-9]+[mg]"));
    }

    @Test
    void everyBuildNamesAFileThatIsThere() {
        assertThat(services().filter(each -> each.getValue().has("build")))
                .isNotEmpty()
                .allSatisfy(service -> assertThat(Files.exists(Checkout.file(
                                service.getValue().at("/build/dockerfile").asText())))
                        .isTrue());
    }

    @Test
    void onlyTheDoorAndTheBridgesAreReachedFromOutside() {
        assertThat(services()
                        .filter(each ->
                                each.getValue().path("ports").valueStream().anyMatch(ComposeFileTests::isOpen))
                        .map(Entry::getKey))
                .containsExactlyInAnyOrder("edge", "bridge-0", "bridge-1");
    }

    private static boolean isOpen(JsonNode port) {
        return !port.asText().startsWith("127.0.0.1:");
    }

    /** As the references want it. */
    @Test
    void theDoorKeepsConnectionsAndAsksAnotherReplicaThreeTimesWithinTenSeconds() {
        assertThat(Checkout.text("deploy/docker/edge.conf").lines().map(String::strip))
                .contains(
                        "least_conn;",
                        "keepalive 100;",
                        "keepalive_timeout 60s;",
                        "keepalive_requests 100;",
                        "proxy_next_upstream error timeout http_502 http_503 http_504;",
                        "proxy_next_upstream_tries 3;",
                        "proxy_next_upstream_timeout 10s;");
    }

    @Test
    void theDoorPassesOnEachStreamAsItComes() {
        assertThat(Checkout.text("deploy/docker/edge.conf"))
                .containsPattern(
                        "location ~ \\S*\\(events\\|tasks/\\S+/log/events\\)\\S* \\{[^}]*proxy_buffering off;");
        assertThat(Checkout.text("docs/reference/openapi.json"))
                .as("the streams that there are")
                .containsPattern("/api/v1/events\"")
                .containsPattern("/api/v1/tasks/\\{id}/log/events\"");
    }

    @Test
    void aServiceIsGivenItsOwnPrivateKeyOnly() {
        assertThat(ours().filter(each -> !each.getKey().equals("secrets"))).allSatisfy(service -> {
            assertThat(setting(service, "volumes").toString().split("-key:/run/identity", -1).length - 1)
                    .isLessThanOrEqualTo(1);
        });
        assertThat(services()
                        .filter(each -> each.getValue().toString().contains("master-key:"))
                        .map(Entry::getKey))
                .containsExactlyInAnyOrder("secrets", "api-service");
    }

    /** Those beside {@code seaweedfs} are reached by {@code front}; a key of one's own goes before the file's. */
    @Test
    void whoeverKeepsLargeThingsIsToldWhereTheyAre() {
        JsonNode services = COMPOSE.path("services");

        for (String keeper : List.of("api-service", "instant-worker", "queued-worker", "orchestrator")) {
            JsonNode environment = services.path(keeper).path("environment");
            assertThat(environment.path("BASCULE_STORAGE_KIND").asText())
                    .as(keeper)
                    .isEqualTo("${BASCULE_STORAGE_KIND-s3}");
            assertThat(environment.path("BASCULE_STORAGE_S3_ENDPOINT").asText())
                    .as(keeper)
                    .isEqualTo("${BASCULE_STORAGE_S3_ENDPOINT-http://seaweedfs:8333}");
            assertThat(environment.path("BASCULE_STORAGE_S3_SECRETKEY").isNull())
                    .as(keeper)
                    .isTrue();
            assertThat(networks(keeper)).as(keeper).contains("front", "objects");
        }
    }

    /** Its administration asks for no key. */
    @Test
    void theObjectStorageIsReachedByThoseAloneWhoHaveItsKey() {
        assertThat(networks("seaweedfs")).containsExactly("objects");
        assertThat(services()
                        .filter(each -> networks(each.getKey()).contains("objects"))
                        .map(Entry::getKey))
                .containsExactlyInAnyOrder(
                        "seaweedfs", "api-service", "instant-worker", "queued-worker", "orchestrator");
        assertThat(COMPOSE.at("/networks/objects/internal").asBoolean()).isTrue();
    }

    /** Two servers on one volume would be the end of it. */
    @Test
    void whatKeepsDataIsReplacedInItsPlace() {
        assertThat(Checkout.text("deploy/compose/replace"))
                .contains("{{range .Mounts}}{{if and (eq .Type \"volume\") .RW}}volume{{end}}{{end}}")
                .containsPattern(
                        "inspect --format \"\\$alone\" \\$old\\)\\s+if \\[ -n \"\\$reasons\" ]; then\\s+in_place");
    }

    private static List<String> networks(String service) {
        return COMPOSE.at("/services/%s/networks".formatted(service))
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void servicesReachTheDatabaseByThePoolAndTheMigrationItself() {
        assertThat(services()
                        .filter(each -> each.getValue()
                                .toString()
                                .contains("jdbc:postgresql://pgbouncer:6432/bascule?prepareThreshold=0"))
                        .map(Entry::getKey))
                .containsExactlyInAnyOrder("api-service", "instant-worker", "queued-worker", "orchestrator");
        assertThat(COMPOSE.at("/services/migration/environment/BASCULE_DATABASE_URL")
                        .asText())
                .isEqualTo("jdbc:postgresql://postgres:5432/bascule");
        assertThat(Checkout.text("deploy/docker/pgbouncer.ini"))
                .contains("pool_mode = transaction", "listen_port = 6432", "host=postgres port=5432");
    }

    /** Its connections are told the same as those that services make. */
    @Test
    void thePoolForgetsWhoLeftInTheMiddleOfATransactionAsServicesDo() {
        assertThat(Checkout.text("service-defaults/src/main/resources/service-defaults.yaml"))
                .contains("set idle_in_transaction_session_timeout = '15s'; set statement_timeout = '30s'");
        assertThat(Checkout.text("deploy/docker/pgbouncer.ini"))
                .contains("set idle_in_transaction_session_timeout = 15000; set statement_timeout = 30000");
    }

    /** Functions are refused private addresses, so what lets runners fetch packages lets functions reach nothing. */
    @Test
    void runnersHaveOneWayOutWhichLeadsToRegistriesAlone() {
        assertThat(networks("custom-code-runner")).containsExactly("runners");
        assertThat(COMPOSE.at("/networks/runners/internal").asBoolean()).isTrue();
        assertThat(COMPOSE.at("/services/custom-code-runner/environment/BASCULE_RUNNER_REGISTRIES_NPM")
                        .asText())
                .isEqualTo("http://registries:8080/npm");
        assertThat(services()
                        .filter(each -> networks(each.getKey()).containsAll(List.of("front", "runners")))
                        .map(Entry::getKey))
                .containsExactlyInAnyOrder("registries", "instant-worker", "queued-worker", "prometheus");
        assertThat(Checkout.text("deploy/docker/registries.conf"))
                .containsPattern("location / \\{\\s+return 404;")
                .containsPattern("location ~ \\^/npm\\S+ \\{\\s+limit_except GET \\{ deny all; }");
    }
}
