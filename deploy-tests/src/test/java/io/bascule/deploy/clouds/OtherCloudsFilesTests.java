package io.bascule.deploy.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bascule.deploy.GeneratedFiles;
import io.bascule.deploy.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Container Apps and Cloud Run. Run with {@code -Ddeploy.refresh} to write the committed files anew. */
class OtherCloudsFilesTests {

    private static final JsonNode APPS = AzureTemplate.template();

    private static JsonNode resource(String name) {
        try (var file = OtherCloudsFilesTests.class.getResourceAsStream(name)) {
            return Yaml.tree(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theCommittedFilesAreWhatTheNumbersSay() {
        GeneratedFiles.areAllOf("deploy/azure", CloudFiles.azure());
        GeneratedFiles.areAllOf("deploy/google", CloudFiles.google());
    }

    private static JsonNode app(String name) {
        return APPS.path("resources")
                .valueStream()
                .filter(app -> app.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A schema's properties lead to schemas of theirs; {@code any} is not looked into. */
    private static void conforms(JsonNode schemas, String schema, JsonNode node, String at) {
        if (schema.equals("any")) {
            return;
        }
        if (node.isArray()) {
            node.forEach(each -> conforms(schemas, schema, each, at + "[]"));
            return;
        }
        assertThat(node.isObject()).as(at).isTrue();
        node.properties().forEach(property -> {
            JsonNode next = schemas.path(schema).path(property.getKey());
            assertThat(next.isTextual()).as(at + "." + property.getKey()).isTrue();
            conforms(schemas, next.asText(), property.getValue(), at + "." + property.getKey());
        });
    }

    @Test
    void containerAppsKnowEveryPropertyOfEveryApp() {
        JsonNode schemas = resource("container-apps-properties.yaml");

        assertThat(APPS.path("resources")).hasSize(6);
        APPS.path("resources")
                .forEach(app ->
                        conforms(schemas, "ContainerApp", app, app.path("name").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "web-ui"})
    void cloudRunKnowsEveryPropertyOfEveryService(String name) {
        JsonNode service = GoogleServices.of(Component.named(name));

        conforms(resource("cloud-run-properties.yaml"), "Service", service, name);
    }

    @ParameterizedTest(name = "{0}{1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            api-service    | /minReplicas | 2
            api-service    | /maxReplicas | 10
            api-service    | /rules/0/name | http-scaling
            api-service    | /rules/0/http/metadata/concurrentRequests | 100
            web-ui         | /maxReplicas | 5
            instant-worker | /maxReplicas | 20
            instant-worker | /rules/0/custom/metadata/query | (sum(instant_tasks_jobs_active) + sum(instant_tasks_jobs_waiting)) / 5
            instant-worker | /rules/0/custom/metadata/threshold | 1
            queued-worker  | /maxReplicas | 50
            custom-code-runner | /rules/0/custom/metadata/threshold | 0.45
            orchestrator   | /maxReplicas | 2
            """)
    void theReferencesNumbersOfContainerApps(String name, String place, String value) {
        assertThat(app(name).at("/properties/template/scale" + place).asText()).isEqualTo(value);
    }

    @Test
    void theReferencesNumbersOfCloudRunButThrottlingWhichWouldStallALeaseHolder() {
        JsonNode api = GoogleServices.of(Component.named("api-service")).at("/spec/template");
        JsonNode annotations = api.at("/metadata/annotations");

        assertThat(annotations.path("autoscaling.knative.dev/minScale").asText())
                .isEqualTo("2");
        assertThat(annotations.path("autoscaling.knative.dev/maxScale").asText())
                .isEqualTo("10");
        assertThat(api.at("/spec/containerConcurrency").asInt()).isEqualTo(80);
        assertThat(api.at("/spec/containers/0/resources/limits/memory").asText())
                .isEqualTo("2Gi");
        assertThat(annotations.path("run.googleapis.com/cpu-throttling").asText())
                .isEqualTo("false");
    }

    @Test
    void aParameterOfTheTemplateIsUsedAndNoOther() {
        String text = APPS.toString();
        APPS.path("parameters")
                .fieldNames()
                .forEachRemaining(name -> assertThat(text).contains("parameters('%s')".formatted(name)));
        assertThat(text.replaceAll(
                        "parameters\\('(%s)'\\)"
                                .formatted(String.join(
                                        "|",
                                        APPS.path("parameters").properties().stream()
                                                .map(parameter -> parameter.getKey())
                                                .toList())),
                        ""))
                .doesNotContain("parameters(");
    }

    @Test
    void anAppIsGivenItsOwnPrivateKeyOnly() {
        for (Component component : AzureTemplate.components()) {
            String app = app(component.name()).toString();
            assertThat(app.split("/secrets/identity-", -1)).hasSize(component.hasIdentity() ? 2 : 1);
            assertThat(app.contains("/secrets/master-key"))
                    .isEqualTo(component.name().equals("api-service"));
        }
    }
}
