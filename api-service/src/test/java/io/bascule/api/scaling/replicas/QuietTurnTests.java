package io.bascule.api.scaling.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class QuietTurnTests {

    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final QuietTurn turn =
            new QuietTurn("a test's turn", () -> actions.remove().run());

    private static void fails() {
        throw new IllegalStateException("away");
    }

    private static void breaks() {
        throw new NoClassDefFoundError("gone");
    }

    @Test
    void nothingThatIsThrownEndsATimerAndEachOutageIsToldOnce(CapturedOutput output) {
        actions.addAll(List.of(
                QuietTurnTests::fails,
                QuietTurnTests::breaks,
                () -> {},
                QuietTurnTests::breaks,
                QuietTurnTests::fails));

        for (int i = 0; i < 5; i++) {
            assertThatCode(turn::run).doesNotThrowAnyException();
        }

        assertThat(actions).isEmpty();
        assertThat(output.getAll().lines().filter(line -> line.contains("a test's turn failed (said once")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("WARN", "away"),
                        second -> assertThat(second).contains("WARN", "gone"));
    }
}
