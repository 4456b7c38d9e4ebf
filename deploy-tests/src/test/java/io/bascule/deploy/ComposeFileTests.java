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
    private static final List<String> STORES = List.of("postgres", "redis", "kafka", "demo-postgres");

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

    /** Without a value in the file a variable is passed on where it is set, and left out where it is not. */
    @Test
    void whoeverKeepsLargeThingsIsToldWhereTheyAre() {
        JsonNode services = Checkout.yaml("docker-compose.yml").path("services");

        for (String keeper : List.of("api-service", "instant-worker", "queued-worker", "orchestrator")) {
            JsonNode environment = services.path(keeper).path("environment");
            assertThat(environment.has("BASCULE_STORAGE_S3_BUCKET")).as(keeper).isTrue();
            assertThat(environment.path("BASCULE_STORAGE_KIND").isNull())
                    .as(keeper)
                    .isTrue();
            assertThat(services.path(keeper).path("networks").valueStream().map(JsonNode::asText))
                    .as(keeper)
                    .contains("front");
        }
    }
}
