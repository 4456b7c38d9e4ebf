package io.bascule.runner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of hosts that a function chose, and that may be its friends. */
@Timeout(120)
class HttpAnswerTests {

    private static final String HEADER = "x: " + "y".repeat(10_000) + "\r\n";

    private final AtomicLong counted = new AtomicLong();

    @Test
    void interimAnswersWithoutEndAreGivenUp() {
        assertThatThrownBy(() -> read("HTTP/1.1 103 \r\n\r\n".repeat(1_000_000)))
                .hasMessageContaining("before its answer's body");
        assertThat(counted.get()).isBetween(65_000L, 66_000L);
    }

    @Test
    void aHeadIsBoundedAsAWhole() {
        String text = "HTTP/1.1 200 OK\r\n" + HEADER.repeat(7) + "\r\n";

        assertThatThrownBy(() -> read(text)).hasMessageContaining("before its answer's body");
    }

    @Test
    void headsCountAgainstTheJob() throws Exception {
        String head = "HTTP/1.1 103 Early Hints\r\n" + HEADER + "\r\nHTTP/1.1 200 OK\r\n" + HEADER + "\r\n";

        HttpAnswer answer = read(head + "body");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(counted.get()).isEqualTo(head.length());
    }

    @Test
    void whatDividesABodyCountsAgainstTheJob() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String size = "1;" + "e".repeat(5_000) + "\r\n";

        read(head + size + "b\r\n0\r\n\r\n").copyBody((_, _) -> {});

        assertThat(counted.get()).isEqualTo(head.length() + size.length() + "\r\n0\r\n".length());
    }

    private HttpAnswer read(String text) throws IOException {
        var input = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return HttpAnswer.read(input, "GET", counted::addAndGet);
    }
}
