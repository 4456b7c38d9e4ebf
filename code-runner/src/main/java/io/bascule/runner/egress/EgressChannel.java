package io.bascule.runner.egress;

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
    private static final int RESPONSE = 0x30;
    private static final int DATA = 0x31;
    private static final int END = 0x32;
    private static final int ERROR = 0x33;
    private static final int HEAD_BYTES = 9;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ByteChannel channel;
    private final ReentrantLock writing = new ReentrantLock();

    EgressChannel(ByteChannel channel) {
        this.channel = channel;
    }

    record Frame(int type, int exchange, ByteBuffer body) {}

    /** The next frame of the process; empty when there is none, or none that may be read. */
    Optional<Frame> read(long longest) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        if (!fill(head)) {
            return Optional.empty();
        }
        long length = Integer.toUnsignedLong(head.getInt(5));
        if (length > longest) {
            return Optional.empty();
        }
        ByteBuffer body = ByteBuffer.allocate((int) length);
        return fill(body) ? Optional.of(new Frame(head.get(0), head.getInt(1), body.flip())) : Optional.empty();
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
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
