package io.bascule.runner.egress;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The lines of a host's answer, each bounded, and counted against the job. */
final class AnswerLines {

    private static final int LONGEST_LINE = 16 * 1024;
    private static final long LONGEST_HEAD = 64 * 1024;

    private final InputStream input;
    private final Exchange.Counter counter;
    private long headBytes;

    AnswerLines(InputStream input, Exchange.Counter counter) {
        this.input = input;
        this.counter = counter;
    }

    /** A line before the body. All of them share one bound, so no number of interim answers gets past it. */
    String nextOfHead() throws IOException {
        ByteArrayOutputStream line = read();
        headBytes += line.size() + 1;
        if (headBytes > LONGEST_HEAD) {
            throw new IOException("the host sent more than %d bytes before its answer's body".formatted(LONGEST_HEAD));
        }
        return text(line);
    }

    /** A line between the pieces of a body. */
    String nextOfBody() throws IOException {
        return text(read());
    }

    private ByteArrayOutputStream read() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the host closed the connection before the end of its answer");
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("the host sent a line that is too long");
            }
            line.write(next);
        }
        counter.count(line.size() + 1L);
        return line;
    }

    private static String text(ByteArrayOutputStream line) {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
