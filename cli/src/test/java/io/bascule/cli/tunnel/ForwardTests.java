package io.bascule.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.cli.api.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardTests {

    @Test
    void aNameMayHaveAPort() {
        assertThat(Forward.parse("db:15432", 0)).isEqualTo(new Forward("db", 15_432));
        assertThat(Forward.parse("db", 7)).isEqualTo(new Forward("db", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db:", ":80", "db:x", "db:65536", "db:-1"})
    void whatIsNoPortIsRefusedWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> Forward.parse(text, 0))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("NAME:PORT");
    }
}
