package io.bascule.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Run with {@code -Dopenapi.refresh} to write the committed copy anew. */
@ApiTest
class OpenApiTests {

    private static final Path COMMITTED = Path.of("..", "docs", "reference", "openapi.json");
    private static final String REFRESH =
            "./mvnw -Pquick -pl api-service -am test -Dtest=OpenApiTests -Dopenapi.refresh "
                    + "-Dsurefire.failIfNoSpecifiedTests=false";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Api api;

    OpenApiTests(Api api) {
        this.api = api;
    }

    @Test
    void theCommittedDescriptionIsTrue() throws IOException {
        String served = JSON.writeValueAsString(description()) + "\n";
        if (System.getProperty("openapi.refresh") != null) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }

        assertThat(firstDifference(Files.readString(COMMITTED), served))
                .as(
                        "The API is not what docs/reference/openapi.json says. If that is meant, run\n%s\n"
                                + "review the difference and commit it.",
                        REFRESH)
                .isEmpty();
    }

    @Test
    void itIsOpenApi31AndLeavesOutWhatIsInternal() {
        JsonNode description = description();

        assertThat(description.at("/openapi").asString()).startsWith("3.1");
        assertThat(description.path("paths").propertyNames()).allMatch(path -> path.startsWith("/api/v1/"));
        assertThat(description.at("/components/securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("token", "session");
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndSaysWhatItDoes() {
        List<String> ids = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (JsonNode path : description().path("paths")) {
            for (JsonNode operation : path) {
                ids.add(operation.path("operationId").asString());
                if (operation.path("summary").asString("").isBlank()) {
                    silent.add(operation.path("operationId").asString());
                }
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(silent)
                .as("add @Operation(summary = …) to their controllers' methods")
                .isEmpty();
    }

    private static String firstDifference(String committed, String served) {
        String[] before = committed.split("\n", -1);
        String[] now = served.split("\n", -1);
        for (int line = 0; line < Math.max(before.length, now.length); line++) {
            String expected = line < before.length ? before[line] : "(nothing)";
            String actual = line < now.length ? now[line] : "(nothing)";
            if (!expected.equals(actual)) {
                return "line %d: committed %s, served %s".formatted(line + 1, expected.strip(), actual.strip());
            }
        }
        return "";
    }

    private JsonNode description() {
        return api.anonymous().get("/api/v1/openapi.json").json();
    }
}
