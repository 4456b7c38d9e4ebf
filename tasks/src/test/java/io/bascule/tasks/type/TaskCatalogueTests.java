package io.bascule.tasks.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TaskCatalogueTests {

    private final TaskCatalogue catalogue = TaskCatalogue.builtIn();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"https://example.org/a?b=c\"}",
                "{\"url\":\"http://example.org\",\"method\":\"POST\",\"headers\":{\"Accept\":\"*/*\"},\"body\":\"x\"}",
                "{\"resource\":\"wiki\",\"path\":\"/\",\"timeoutSeconds\":5}"
            })
    void goodRequestsPass(String input) {
        assertThat(check("http.request", input)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"url\":\"ftp://example.org\"}",
                "{\"resource\":\"wiki\"}",
                "{\"url\":\"http://a\",\"resource\":\"wiki\",\"path\":\"/\"}",
                "{\"url\":\"http://a\",\"headers\":{\"Bad Name\":\"x\"}}"
            })
    void badRequestsDoNot(String input) {
        assertThat(check("http.request", input)).isNotEmpty();
    }

    @Test
    void aProblemPointsAtTheFieldToChange() {
        assertThat(check("echo", "{\"sleepMillis\":70000}")).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/sleepMillis");
            assertThat(problem.detail()).contains("60000");
        });
        assertThat(check("echo", "{\"mesage\":1}"))
                .singleElement()
                .extracting(InputProblem::pointer)
                .isEqualTo("/mesage");
        assertThat(check("http.request", "{\"url\":\"http://a\",\"timeoutSeconds\":\"soon\"}"))
                .extracting(InputProblem::pointer)
                .containsExactly("/timeoutSeconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"version\":3}", "{\"alias\":\"live\"}", "{\"alias\":\"2-stage\",\"input\":null}"})
    void aFunctionIsNamedAloneOrWithAVersionOrAnAlias(String more) {
        assertThat(check("code.run", more.replace("{", "{\"function\":\"add\",").replace(",}", "}")))
                .isEmpty();
    }

    @Test
    void aVersionAndAnAliasAreOneTooMany() {
        assertThat(check("code.run", "{\"function\":\"add\",\"version\":3,\"alias\":\"live\"}"))
                .extracting(InputProblem::pointer)
                .containsExactly("/alias");
        assertThat(check("code.run", "{\"function\":\"add\",\"alias\":\"3\"}"))
                .extracting(InputProblem::pointer)
                .containsExactly("/alias");
    }

    @Test
    void theCatalogueKnowsItsTypes() {
        assertThat(catalogue.types())
                .extracting(TaskType::name)
                .containsExactly("echo", "code.run", "http.request", "sql.query");
        assertThat(catalogue.find("nothing")).isEmpty();
    }

    private List<InputProblem> check(String type, String input) {
        return catalogue.check(
                catalogue.find(type).orElseThrow(), JsonMapper.shared().readTree(input));
    }
}
