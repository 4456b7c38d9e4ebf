package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.cli.output.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        return Bascule.run(shell, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSpikeIsShownMinuteByMinuteWithWhatItComesTo() {
        assertThat(run("scaling", "simulate", "instant-worker", "--load", "spike:5:80:300:600"))
                .isZero();

        assertThat(out().lines()).hasSize(61);
        assertThat(out()).startsWith("SECOND").contains("\n360 ");
        assertThat(err())
                .startsWith("instant-worker: 2 to 20 pods by 5 jobs per pod")
                .contains("pod hours");
    }

    @Test
    void aRecordedLoadAndOtherNumbersCanBeTried(@TempDir Path directory) throws IOException {
        Path load = Files.writeString(directory.resolve("load.csv"), "0,1\n60,400\n");
        Path numbers = Files.writeString(directory.resolve("numbers.yaml"), """
                paces:
                  fast:
                    up: { window: 0, choose: larger, steps: [{ pods: 100, each: 15 }] }
                    down: { window: 0, choose: larger, steps: [{ pods: 100, each: 15 }] }
                components:
                  own:
                    pods: { min: 1, max: 7 }
                    pace: fast
                    scaler: hpa
                    slots: 2
                    signals: { per-pod: { any: 1 } }
                """);

        assertThat(run(
                        "scaling",
                        "simulate",
                        "own",
                        "--numbers",
                        numbers.toString(),
                        "--load",
                        "@" + load,
                        "--minutes",
                        "5",
                        "-o",
                        "jsonl"))
                .isZero();

        assertThat(out().lines().toList().getLast()).contains("\"pods\":7").contains("\"arrivals\":400.0");
    }

    @Test
    void whatPrometheusAnsweredIsReplayedForAsLongAsItLasted(@TempDir Path directory) throws IOException {
        String answer = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}";
        String series = "{\"metric\":{},\"values\":[[1795414070,\"1\"],[1795414970,\"80\"]]}";
        Path load = Files.writeString(directory.resolve("load.json"), answer.formatted(series));
        Path two = Files.writeString(directory.resolve("two.json"), answer.formatted(series + "," + series));

        assertThat(run("scaling", "simulate", "instant-worker", "--load", "@" + load, "-o", "jsonl"))
                .isZero();
        assertThat(out().lines().toList().getLast()).contains("\"second\":1770").contains("\"arrivals\":80.0");

        assertThat(run("scaling", "simulate", "instant-worker", "--load", "@" + two))
                .isEqualTo(2);
        assertThat(err()).contains("2 series (expected: one; put sum(…) around the query)");
    }

    @ParameterizedTest
    @CsvSource({
        "instant-worker, often, 'expected: steady:RATE, spike:RATE:PEAK:FROM:TO'",
        "instant-worker, steady:x, 'expected: steady:RATE'",
        "instant-worker, spike:1:2:9:3, an end after the start",
        "orchestrator, steady:1, 'expected: api-service, bridge-service'",
    })
    void whatCannotBeSimulatedIsRefusedWithWhatCan(String component, String load, String message) {
        assertThat(run("scaling", "simulate", component, "--load", load)).isEqualTo(2);

        assertThat(err()).startsWith("error: ").contains(message);
        assertThat(out()).isEmpty();
    }

    @Test
    void everyPolicyIsListed() {
        assertThat(run("scaling", "ls")).isZero();

        assertThat(out()).contains("custom-code-runner").contains("45 % of the job spaces taken");
    }
}
