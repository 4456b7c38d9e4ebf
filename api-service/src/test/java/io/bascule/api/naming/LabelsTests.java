package io.bascule.api.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTests {

    @Test
    void moreLabelsIncludeFewer() {
        Labels both = new Labels(Map.of("env", "prod", "team", "data"));

        assertThat(both.include(new Labels(Map.of("env", "prod")))).isTrue();
        assertThat(both.include(Labels.NONE)).isTrue();
        assertThat(both.include(new Labels(Map.of("env", "test")))).isFalse();
        assertThat(Labels.NONE.include(both)).isFalse();
    }

    @Test
    void aFilterIsReadFromNamesAndValues() {
        assertThat(Labels.filter(List.of("env=prod", "note=a=b", "empty=")))
                .isEqualTo(new Labels(Map.of("env", "prod", "note", "a=b", "empty", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "env", "=prod"})
    void aFilterWithoutANameIsRefused(String term) {
        assertThatThrownBy(() -> Labels.filter(List.of(term)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("name=value");
    }

    @Test
    void aLabelThatBreaksARuleIsPointedAtByItsEscapedName() {
        assertThat(new Labels(Map.of("a/B", "x", "fine", "Value 1")).problems("/labels"))
                .extracting(FieldProblem::pointer)
                .containsExactly("/labels/a~1B");
    }

    @Test
    void thereAreAtMostThirtyTwo() {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 33; i++) {
            many.put("label-" + i, "x");
        }

        assertThat(new Labels(many).problems("/labels"))
                .containsExactly(new FieldProblem("/labels", "33 labels (expected: at most 32)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "0", "a23456789012345678901234567890123456789012345678901234567890123"})
    void whatADnsLabelMayBeIsAName(String name) {
        assertThat(Names.problem("/name", name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "01890a5d-ac96-774b-bcce-b302099a8057"})
    void whatCouldBeMistakenIsNoName(String name) {
        assertThat(Names.problem("/name", name)).isPresent();
    }

    @Test
    void idsAreReadInEitherCaseAndNothingElseIs() {
        assertThat(Names.asId("01890A5D-AC96-774B-BCCE-B302099A8057")).isPresent();
        assertThat(Names.asId("1-1-1-1-1")).isEmpty();
    }
}
