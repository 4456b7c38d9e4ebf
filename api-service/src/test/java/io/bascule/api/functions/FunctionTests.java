package io.bascule.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ApiTest
class FunctionTests {

    private static final String FUNCTIONS = "/api/v1/functions";
    private static final String SOURCE = "const handler = (input) => input;";

    private final Api api;
    private final String name = "fn-" + UUID.randomUUID().toString().substring(0, 8);

    FunctionTests(Api api) {
        this.api = api;
    }

    @Test
    void aFunctionIsReadAsItWasCreated() {
        Answer created = api.admin().post(FUNCTIONS, Map.of("name", name, "source", SOURCE, "timeoutSeconds", 5));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(FUNCTIONS + "/" + name);
        Answer read = api.viewer().get(FUNCTIONS + "/" + name);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.at("/version/source")).isEqualTo(SOURCE);
        assertThat(read.at("/version/timeoutSeconds")).isEqualTo("5");
        assertThat(read.at("/version/memoryMib")).isEqualTo("256");
        assertThat(api.viewer().get(FUNCTIONS + "?limit=200").text())
                .contains(name)
                .doesNotContain(SOURCE);
    }

    @Test
    void aNewVersionLeavesTheOldOneAsItWas() {
        api.admin().post(FUNCTIONS, Map.of("name", name, "source", SOURCE));

        Answer second =
                api.admin().post(FUNCTIONS + "/" + name + "/versions", Map.of("source", "exports.handler = () => 2;"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.at("/latestVersion")).isEqualTo("2");
        assertThat(api.viewer().get(FUNCTIONS + "/" + name).at("/version/source"))
                .contains("=> 2");
        assertThat(api.viewer().get(FUNCTIONS + "/" + name + "/versions/1").at("/version/source"))
                .isEqualTo(SOURCE);
        assertThat(api.viewer().get(FUNCTIONS + "/" + name + "/versions/3").code())
                .isEqualTo("function-not-found");
    }

    @Test
    void runningAFunctionSubmitsATaskOfTheVersionThatIsTheLatestNow() {
        api.admin().post(FUNCTIONS, Map.of("name", name, "source", SOURCE));

        Answer task = api.operator().post(FUNCTIONS + "/" + name + ":run", Map.of("input", Map.of("a", 1)));

        assertThat(task.status()).isEqualTo(202);
        assertThat(task.at("/type")).isEqualTo("code.run");
        assertThat(task.at("/input/function")).isEqualTo(name);
        assertThat(task.at("/input/version")).isEqualTo("1");
        assertThat(task.at("/input/input/a")).isEqualTo("1");
        assertThat(api.viewer().post(FUNCTIONS + "/" + name + ":run", Map.of()).code())
                .isEqualTo("forbidden");
        assertThat(api.operator()
                        .post(FUNCTIONS + "/none-" + name + ":run", Map.of())
                        .code())
                .isEqualTo("function-not-found");
    }

    @Test
    void everyWrongPartIsPointedAt() {
        Answer answer = api.admin()
                .post(
                        FUNCTIONS,
                        Map.of("name", "-x", "runtime", "cobol", "source", " ", "timeoutSeconds", 0, "memoryMib", 16));

        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.text())
                .contains("\"/name\"", "\"/runtime\"", "\"/source\"", "\"/timeoutSeconds\"", "\"/memoryMib\"");
    }

    @Test
    void aVersionDeclaresTheSecretsThatItMayRead() {
        Answer created = api.admin()
                .post(
                        FUNCTIONS,
                        Map.of("name", name, "source", SOURCE, "secrets", List.of("DB_PASSWORD", "key", "key")));

        assertThat(created.json().at("/version/secrets").toString()).isEqualTo("[\"DB_PASSWORD\",\"key\"]");
        Answer wrong = api.admin()
                .post(
                        FUNCTIONS + "/" + name + "/versions",
                        Map.of("source", SOURCE, "secrets", List.of("key", "not a name")));
        assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/secrets/1");
        Answer without = api.admin().post(FUNCTIONS + "/" + name + "/versions", Map.of("source", SOURCE));
        assertThat(without.json().at("/version/secrets")).isEmpty();
    }

    @Test
    void aVersionNamesTheResourcesThatItMayReach() {
        Answer created = api.admin()
                .post(
                        FUNCTIONS,
                        Map.of("name", name, "source", SOURCE, "resources", List.of("shop", "postgres", "shop")));

        assertThat(created.json().at("/version/resources").toString()).isEqualTo("[\"shop\",\"postgres\"]");
        Answer wrong = api.admin()
                .post(
                        FUNCTIONS + "/" + name + "/versions",
                        Map.of("source", SOURCE, "resources", List.of("shop", "10.0.0.1:5432")));
        assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/resources/1");
        assertThat(api.viewer().get(FUNCTIONS + "/" + name).json().at("/version/resources"))
                .as("a refused version changes nothing")
                .hasSize(2);
        Answer without = api.admin().post(FUNCTIONS + "/" + name + "/versions", Map.of("source", SOURCE));
        assertThat(without.json().at("/version/resources")).isEmpty();
    }

    @Test
    void aFunctionInPythonNamesWhatItMayReach() {
        Answer created = api.admin()
                .post(
                        FUNCTIONS,
                        Map.of(
                                "name",
                                name,
                                "runtime",
                                "python",
                                "source",
                                "def handler(input, context): return input",
                                "egress",
                                List.of("API.example.com", "*.example.org:8443")));

        assertThat(created.at("/runtime")).isEqualTo("python");
        assertThat(created.json().at("/version/egress").toString())
                .isEqualTo("[\"api.example.com\",\"*.example.org:8443\"]");
        for (String wrong :
                List.of("", "http://example.com", "*", "a b", "*.*.com", "example.com:0", "[::1]", "a..b")) {
            assertThat(api.admin()
                            .post(
                                    FUNCTIONS + "/" + name + "/versions",
                                    Map.of("source", SOURCE, "egress", List.of("example.com", wrong)))
                            .text())
                    .as(wrong)
                    .contains("\"/egress/1\"");
        }
    }

    @Test
    void versionsAreListedNewestFirstAndGoWithTheirFunction() {
        api.admin().post(FUNCTIONS, Map.of("name", name, "source", SOURCE));
        for (int version = 2; version <= 3; version++) {
            api.admin().post(FUNCTIONS + "/" + name + "/versions", Map.of("source", "// " + version + "\n" + SOURCE));
        }

        Answer first = api.viewer().get(FUNCTIONS + "/" + name + "/versions?limit=2");
        assertThat(first.json().path("items").findValuesAsString("version")).containsExactly("3", "2");
        assertThat(first.at("/items/0/sourceBytes")).isEqualTo(Integer.toString(("// 3\n" + SOURCE).length()));
        assertThat(first.text()).as("the code of no version").doesNotContain("const handler");
        Answer second = api.viewer().get(FUNCTIONS + "/" + name + "/versions?limit=2&cursor=" + first.at("/next"));
        assertThat(second.json().path("items").findValuesAsString("version")).containsExactly("1");

        assertThat(api.operator().delete(FUNCTIONS + "/" + name).code()).isEqualTo("forbidden");
        assertThat(api.admin().delete(FUNCTIONS + "/" + name).status()).isEqualTo(204);
        assertThat(api.viewer().get(FUNCTIONS + "/" + name).code()).isEqualTo("function-not-found");
        assertThat(api.viewer().get(FUNCTIONS + "/" + name + "/versions").code())
                .isEqualTo("function-not-found");
        assertThat(api.admin().delete(FUNCTIONS + "/" + name).code()).isEqualTo("function-not-found");
    }

    @Test
    void namesAreTakenOnceAndOnlyAdminsWrite() {
        assertThat(api.operator()
                        .post(FUNCTIONS, Map.of("name", name, "source", SOURCE))
                        .code())
                .isEqualTo("forbidden");
        api.admin().post(FUNCTIONS, Map.of("name", name, "source", SOURCE));
        assertThat(api.admin()
                        .post(FUNCTIONS, Map.of("name", name, "source", SOURCE))
                        .code())
                .isEqualTo("function-name-taken");
        assertThat(api.admin()
                        .post(FUNCTIONS + "/unknown-" + name + "/versions", Map.of("source", SOURCE))
                        .code())
                .isEqualTo("function-not-found");
    }
}
