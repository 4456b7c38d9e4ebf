package io.bascule.runner.egress;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A host's answer, read piece by piece from a connection that is used once.
 *
 * @param body what is left of the body; 0 when there is none, -1 when it goes on to the connection's end
 */
record HttpAnswer(
        int status,
        String reason,
        List<WantedExchange.Header> headers,
        Body body,
        InputStream input,
        AnswerLines lines) {

    private static final int MOST_HEADERS = 200;

    /** How the end of a body is told. */
    sealed interface Body {

        record Fixed(long length) implements Body {}

        record Chunked() implements Body {}

        record UntilEnd() implements Body {}
    }

    /** Takes pieces of a body. */
    interface Sink {

        void accept(byte[] bytes, int length) throws IOException;
    }

    /** Reads up to the body; what that takes is counted, and so are the lines that divide the body. */
    static HttpAnswer read(InputStream connection, String method, Exchange.Counter counter) throws IOException {
        var input = new BufferedInputStream(connection);
        var lines = new AnswerLines(input, counter);
        while (true) {
            String[] first = lines.nextOfHead().split(" ", 3);
            if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
                throw new IOException("the host does not speak HTTP/1.1");
            }
            int status = Integer.parseInt(first[1]);
            List<WantedExchange.Header> headers = headers(lines);
            if (status >= 200) {
                return new HttpAnswer(
                        status, first.length > 2 ? first[2] : "", headers, body(method, status, headers), input, lines);
            }
        }
    }

    void copyBody(Sink sink) throws IOException {
        switch (body) {
            case Body.Fixed(long length) -> copy(length, sink);
            case Body.UntilEnd _ -> copyToEnd(sink);
            case Body.Chunked _ -> {
                for (long size = chunkSize(); size > 0; size = chunkSize()) {
                    copy(size, sink);
                    lines.nextOfBody();
                }
            }
        }
    }

    private long chunkSize() throws IOException {
        String text = lines.nextOfBody().split(";", 2)[0].strip();
        try {
            long size = Long.parseLong(text, 16);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException malformed) {
            throw new IOException("the host sent a malformed chunk", malformed);
        }
        throw new IOException("the host sent a malformed chunk");
    }

    private void copy(long length, Sink sink) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (long left = length; left > 0; ) {
            int got = input.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (got < 0) {
                throw new EOFException("the host closed the connection before the end of its answer");
            }
            sink.accept(buffer, got);
            left -= got;
        }
    }

    private void copyToEnd(Sink sink) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int got;
        while ((got = input.read(buffer)) >= 0) {
            sink.accept(buffer, got);
        }
    }

    private static List<WantedExchange.Header> headers(AnswerLines lines) throws IOException {
        List<WantedExchange.Header> headers = new ArrayList<>();
        for (String line = lines.nextOfHead(); !line.isEmpty(); line = lines.nextOfHead()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() == MOST_HEADERS) {
                throw new IOException("the host sent malformed headers");
            }
            headers.add(new WantedExchange.Header(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    private static Body body(String method, int status, List<WantedExchange.Header> headers) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new Body.Fixed(0);
        }
        for (WantedExchange.Header header : headers) {
            if (header.name().equalsIgnoreCase("transfer-encoding")
                    && header.value().toLowerCase(Locale.ROOT).contains("chunked")) {
                return new Body.Chunked();
            }
        }
        for (WantedExchange.Header header : headers) {
            if (header.name().equalsIgnoreCase("content-length")) {
                if (!header.value().matches("\\d{1,18}")) {
                    throw new IOException("the host sent a malformed length");
                }
                return new Body.Fixed(Long.parseLong(header.value()));
            }
        }
        return new Body.UntilEnd();
    }
}
