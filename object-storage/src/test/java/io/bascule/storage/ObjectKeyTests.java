package io.bascule.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "task-logs/2026-11-22/0a-b/c.jsonl", "A_b/c..d"})
    void plainNamesAreKeys(String text) {
        assertThat(new ObjectKey(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a//b",
                "a/",
                "../a",
                "a/../b",
                "a/./b",
                ".unfinished/a",
                "a\\b",
                "a b",
                "a\u0000",
                "ä",
                "a?b",
                "C:/x"
            })
    void whatCouldLeadElsewhereIsNone(String text) {
        assertThatThrownBy(() -> new ObjectKey(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
