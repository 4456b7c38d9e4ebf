package io.bascule.runner.egress;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Frames to and from a job's process: a type (1 byte), an exchange (4), a length (4), that many bytes. Many may write. */
final class EgressChannel {

    private static final Logger log = LoggerFactory.getLogger(EgressChannel.class);
    static final int REQUEST = 0x20;
    static final int ABORT = 0x21;
    static final int OPEN = 0x22;
    static final int BYTES = 0x23;
    static final int FINISH = 0x24;
    private static final int RESPONSE = 0x30;
    private static final int DATA = 0x31;
    private static final int END = 0x32;
    private static final int ERROR = 0x33;
    private static final int OPENED = 0x34;
    private static final int TAKEN = 0x35;
    private static final int HEAD_BYTES = 9;
    /** The platform copies each read and write through memory of its own, and keeps that for the thread. */
    private static final int PIECE_BYTES = 16 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ByteChannel channel;
    private final ReentrantLock writing = new ReentrantLock();

    EgressChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /** What the process announces; the bytes follow, and are either read or skipped. */
    record Head(int type, int exchange, long length) {}

    /** The head of the process's next frame; empty when there is none. */
    Optional<Head> next() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        if (!fill(head)) {
            return Optional.empty();
        }
        return Optional.of(new Head(head.get(0), head.getInt(1), Integer.toUnsignedLong(head.getInt(5))));
    }

    /** What belongs to the head, in one piece: the caller has made sure that there is room for it. */
    ByteBuffer body(Head head) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(head.length()));
        if (!fill(body)) {
            throw new EOFException("the process ended within a frame");
        }
        return body.flip();
    }

    /** Passes over what belongs to the head. */
    void skip(Head head) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(head.length(), PIECE_BYTES));
        for (long left = head.length(); left > 0; left -= piece.limit()) {
            piece.clear().limit((int) Math.min(left, piece.capacity()));
            if (!fill(piece)) {
                throw new EOFException("the process ended within a frame");
            }
        }
    }

    void response(int exchange, HttpAnswer answer) throws IOException {
        var headers = answer.headers().stream()
                .map(header -> List.of(header.name(), header.value()))
                .toList();
        write(
                RESPONSE,
                exchange,
                JSON.writeValueAsBytes(
                        Map.of("status", answer.status(), "reason", answer.reason(), "headers", headers)));
    }

    void data(int exchange, byte[] bytes, int length) throws IOException {
        write(DATA, exchange, ByteBuffer.wrap(bytes, 0, length));
    }

    void opened(int exchange) throws IOException {
        write(OPENED, exchange, new byte[0]);
    }

    void taken(int exchange, int bytes) throws IOException {
        write(TAKEN, exchange, ByteBuffer.allocate(Integer.BYTES).putInt(bytes).flip());
    }

    void end(int exchange) throws IOException {
        write(END, exchange, new byte[0]);
    }

    void error(int exchange, String code, String message) throws IOException {
        write(ERROR, exchange, JSON.writeValueAsBytes(Map.of("code", code, "message", message)));
    }

    /** The process hears that there is nothing more to have. */
    void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            log.debug("closing a job's egress", failure);
        }
    }

    private void write(int type, int exchange, byte[] body) throws IOException {
        write(type, exchange, ByteBuffer.wrap(body));
    }

    private void write(int type, int exchange, ByteBuffer body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + body.remaining());
        frame.put((byte) type)
                .putInt(exchange)
                .putInt(body.remaining())
                .put(body)
                .flip();
        writing.lock();
        try {
            int end = frame.limit();
            while (frame.position() < end) {
                channel.write(frame.limit(Math.min(end, frame.position() + PIECE_BYTES)));
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        int end = buffer.limit();
        while (buffer.position() < end) {
            if (channel.read(buffer.limit(Math.min(end, buffer.position() + PIECE_BYTES))) < 0) {
                return false;
            }
        }
        return true;
    }
}
