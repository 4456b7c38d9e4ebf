package io.bascule.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.scaling.Load.Recorded;
import io.bascule.scaling.Load.Recorded.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and Prometheus hand over, and what is no load. */
class RecordedLoadTests {

    private static String matrix(String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + result + "]}}";
    }

    private static String values(String values) {
        return matrix("{\"metric\":{},\"values\":[" + values + "]}");
    }

    @Test
    void linesHoldUntilTheNextOne() {
        Recorded load = RecordedLoad.read("# from Prometheus\n\n10,1\n60, 2.5\n");

        assertThat(load.at(9)).isZero();
        assertThat(load.at(10)).isEqualTo(1);
        assertThat(load.at(59)).isEqualTo(1);
        assertThat(load.at(60)).isEqualTo(2.5);
        assertThat(load.at(6000)).isEqualTo(2.5);
        assertThat(load.seconds()).isEqualTo(110);
    }

    /** Answered by Prometheus 2.42 to {@code sum(rate(prometheus_http_requests_total[15s]))} while it was asked ever more often. */
    @Test
    void aGenuineAnswerOfPrometheusIsRead() throws IOException {
        Recorded load = RecordedLoad.read(resource("query_range.json"));

        assertThat(load.samples()).hasSizeGreaterThan(20);
        assertThat(load.samples().getFirst().second()).isZero();
        assertThat(load.samples().get(1).second()).isEqualTo(5);
        assertThat(load.samples().getLast().perSecond())
                .isGreaterThan(load.samples().getFirst().perSecond());
    }

    @Test
    void timesCountFromTheFirst() {
        assertThat(RecordedLoad.read(values("[1763877600.123,\"0.5\"],[1763877660.123,\"7\"]"))
                        .samples())
                .containsExactly(new Sample(0, 0.5), new Sample(60, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,\"NaN\"]                | /data/result/0/values/0/1: \"NaN\" (expected: jobs a second, 0 or more)",
                "[1,\"+Inf\"]               | /data/result/0/values/0/1: \"+Inf\"",
                "[1,\"1\"],[2,\"-1\"]       | /data/result/0/values/1/1: \"-1\"",
                "[1,\"\"]                   | /data/result/0/values/0/1: \"\"",
                "[\"1\",\"1\"]              | /data/result/0/values/0/0: \"1\" (expected: seconds)",
                "[5,\"1\"],[4,\"1\"]        | -1.0 s after the first",
                "[5,\"1\"],[5,\"1\"]        | seconds that grow",
                "[0,\"1\"],[1e300,\"1\"]    | less than a week",
                "7                          | /data/result/0/values/0/0",
                "''                         | a recorded load of 0 samples (expected: 1 to 100000)",
            })
    void aNumberThatIsNoneIsNamedWithItsPlace(String values, String message) {
        assertThatThrownBy(() -> RecordedLoad.read(values(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anAnswerThatIsNoLoadSaysWhatToAskInstead() {
        assertThatThrownBy(() -> RecordedLoad.read(matrix("{\"values\":[[1,\"1\"]]},{\"values\":[[1,\"1\"]]}")))
                .hasMessageContaining("2 series (expected: one; put sum(…) around the query)");
        assertThatThrownBy(() -> RecordedLoad.read(matrix(""))).hasMessageContaining("0 series");
        assertThatThrownBy(() -> RecordedLoad.read(matrix("{\"histograms\":[[1,{\"count\":\"1\"}]]}")))
                .hasMessageContaining("rate(…_count)");
        assertThatThrownBy(() -> RecordedLoad.read(
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"))
                .hasMessageContaining("vector (expected: matrix, the answer of query_range)");
        assertThatThrownBy(() -> RecordedLoad.read(
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error at char 4\"}"))
                .hasMessageContaining("Prometheus refused the query: parse error at char 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "<html>",
                "{\"data\":7}",
                "1",
                "1,1,1e999",
                "-5,1",
                "1;2",
                "99999999999,1",
                "604800,1",
                "2147483647,1",
                "0,1\n2147483647,1"
            })
    void whatIsNeitherIsRefusedInWords(String text) {
        assertThatThrownBy(() -> RecordedLoad.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void neitherDepthNorLengthBreaksIt() {
        String deep = "{\"data\":".repeat(100_000);
        String many = IntStream.rangeClosed(0, Recorded.MOST_SAMPLES)
                .mapToObj(second -> second + ",1")
                .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> RecordedLoad.read(deep)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordedLoad.read(many))
                .hasMessageContaining("100001 samples (expected: 1 to 100000)");
        assertThatThrownBy(() -> new Recorded(List.of())).hasMessageContaining("0 samples");
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = RecordedLoadTests.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
