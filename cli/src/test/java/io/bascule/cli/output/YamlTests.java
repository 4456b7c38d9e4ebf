package io.bascule.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class YamlTests {

    @Test
    void objectsAndListsAreNestedByIndentation() {
        assertThat(yaml("""
                {"name": "a", "labels": {"site": "x"}, "ports": [1, 2], "items": [{"id": 1, "more": {"deep": true}}],
                 "none": null, "empty": {}, "nothing": []}""")).isEqualTo("""
                name: a
                labels:
                  site: x
                ports:
                  - 1
                  - 2
                items:
                  - id: 1
                    more:
                      deep: true
                none: null
                empty: {}
                nothing: []
                """);
    }

    @Test
    void aTextThatWouldBeReadAsSomethingElseIsQuoted() {
        assertThat(yaml("""
                ["yes", "null", "1", "a: b", "", "- x", "line\\nbreak", "plain-text", "2026-01-01T00:00:00Z"]""")).isEqualTo("""
                - "yes"
                - "null"
                - "1"
                - "a: b"
                - ""
                - "- x"
                - "line\\nbreak"
                - plain-text
                - "2026-01-01T00:00:00Z"
                """);
    }

    private static String yaml(String json) {
        return Yaml.of(JsonMapper.shared().readTree(json));
    }
}
