package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesPropertyTests {

    @Property
    void aTypeIsIncludedByItselfAndByEachOfItsBeginnings(@ForAll("types") String type) {
        assertThat(EventTypes.isPattern(type)).isTrue();
        assertThat(new EventTypes(List.of(type)).include(type)).isTrue();
        assertThat(new EventTypes(List.of("*")).include(type)).isTrue();
        for (int dot = type.indexOf('.'); dot >= 0; dot = type.indexOf('.', dot + 1)) {
            String pattern = type.substring(0, dot) + ".*";
            assertThat(EventTypes.isPattern(pattern)).isTrue();
            assertThat(new EventTypes(List.of(pattern)).include(type)).isTrue();
        }
    }

    @Property
    void anotherTypeIsNotIncluded(@ForAll("types") String type, @ForAll("types") String other) {
        assertThat(new EventTypes(List.of(type)).include(other)).isEqualTo(type.equals(other));
        assertThat(new EventTypes(List.of(type + ".*")).include(other)).isEqualTo(other.startsWith(type + "."));
    }

    @Test
    void withoutPatternsNothingIsIncluded() {
        assertThat(new EventTypes(List.of()).include("io.bascule.task.finished"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "io.", ".io", "io..task", "io.*.finished", "io.task*", "**", "Io.Task", "io task"})
    void whatIsNoPatternIsKnown(String text) {
        assertThat(EventTypes.isPattern(text)).isFalse();
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.strings()
                .withCharRange('a', 'c')
                .ofMinLength(1)
                .ofMaxLength(2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> parts.stream().collect(Collectors.joining(".")));
    }
}
