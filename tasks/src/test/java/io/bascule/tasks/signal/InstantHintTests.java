package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantHintTests {

    private static final UUID ACME = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final List<Object> heard = new ArrayList<>();

    @Test
    void whoIsNamedIsHeard() {
        InstantHint.parse(new InstantHint(Set.of(ACME, OTHER)).message()).tell(listener());

        assertThat(heard).containsExactly(Set.of(ACME, OTHER));
    }

    /** As the releases before say it, and understand all. */
    @Test
    void nothingStandsForAnyWorkspace() {
        assertThat(new InstantHint(Set.of()).message()).isEmpty();

        InstantHint.parse("").tell(listener());

        assertThat(heard).containsExactly("any");
    }

    @Test
    void manyWorkspacesAreAny() {
        assertThat(new InstantHint(workspaces(InstantHint.MOST + 1)).message()).isEmpty();

        InstantHint.parse(workspaces(InstantHint.MOST).stream()
                        .map(UUID::toString)
                        .collect(Collectors.joining(",")))
                .tell(listener());
        InstantHint.parse(workspaces(InstantHint.MOST + 1).stream()
                        .map(UUID::toString)
                        .collect(Collectors.joining(",")))
                .tell(listener());

        assertThat(heard).containsExactly(workspaces(InstantHint.MOST), "any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ",", "00000000-0000-0001-0000-000000000001,", "{\"workspace\":\"acme\"}"})
    void whatIsNotOursIsOfAnyWorkspace(String message) {
        InstantHint.parse(message).tell(listener());

        assertThat(heard).containsExactly("any");
    }

    /** Who tells no workspaces apart, such as one that wants to know of work in general. */
    @Test
    void aListenerThatHearsOfAnyHearsOfNamedOnesToo() {
        new InstantHint(Set.of(ACME)).tell(() -> heard.add("any"));

        assertThat(heard).containsExactly("any");
    }

    private HintListener listener() {
        return new HintListener() {
            @Override
            public void hinted() {
                heard.add("any");
            }

            @Override
            public void hinted(Set<UUID> workspaces) {
                heard.add(workspaces);
            }
        };
    }

    private static Set<UUID> workspaces(int number) {
        return IntStream.range(0, number)
                .mapToObj(workspace -> new UUID(3, workspace))
                .collect(Collectors.toSet());
    }
}
