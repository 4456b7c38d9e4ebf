package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What a server says, as far as it may say it: message by message, each whole and looked at before the driver sees it, since
 * the driver believes every length. Bounded are each message, the rows of one fetch together, and everything else together
 * (the driver keeps warnings, errors and settings). For one thread.
 */
final class BackendMessages extends InputStream {

    static final int LARGEST_ROW = 16 << 20;
    static final int LARGEST_OTHER = 1 << 20;

    /** With room for what a row costs beyond its bytes. */
    private static final long MOST_OF_A_FETCH = LARGEST_ROW + (8L << 20);

    private static final long MOST_OF_OTHERS = 32L << 20;
    private static final int COST_OF_A_ROW = 64;
    private static final int COST_OF_ANOTHER = 1024;
    private static final int HEADER = 1 + Integer.BYTES;

    private final InputStream server;
    private ByteBuffer checked = ByteBuffer.allocate(0);
    private long rows;
    private long others;

    BackendMessages(InputStream server) {
        this.server = server;
    }

    @Override
    public int read() throws IOException {
        return more() ? Byte.toUnsignedInt(checked.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int taken = Math.min(length, checked.remaining());
        checked.get(into, offset, taken);
        return taken;
    }

    @Override
    public int available() throws IOException {
        return checked.hasRemaining() ? checked.remaining() : Math.max(0, server.available() - HEADER);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private boolean more() throws IOException {
        if (checked.hasRemaining()) {
            return true;
        }
        int type = server.read();
        if (type < 0) {
            return false;
        }
        checked = next((char) type);
        return true;
    }

    private ByteBuffer next(char type) throws IOException {
        int length = ByteBuffer.wrap(exactly(Integer.BYTES)).getInt();
        int most = type == 'D' ? LARGEST_ROW : LARGEST_OTHER;
        if (type == 'D' && length > most) {
            throw ServerMisbehaved.tooLarge(
                    "The server sent a row of %d bytes (expected: at most %d)".formatted(length, most));
        }
        if (length < Integer.BYTES || length > most) {
            throw ServerMisbehaved.against(
                    "The server sent a message of type %#04x that claims %d bytes (expected: 4 to %d)"
                            .formatted((int) type, length, most));
        }
        charge(type, length);
        byte[] body = exactly(length - Integer.BYTES);
        BackendMessage.check(type, body);
        return ByteBuffer.allocate(HEADER + body.length)
                .put((byte) type)
                .putInt(length)
                .put(body)
                .flip();
    }

    /** A fetch ends where the driver hands its rows on. */
    private void charge(char type, int length) throws ServerMisbehaved {
        if (type == 'D') {
            rows += COST_OF_A_ROW + length;
        } else {
            others += COST_OF_ANOTHER + length;
        }
        if (type == 's' || type == 'C' || type == 'Z') {
            rows = 0;
        }
        if (rows > MOST_OF_A_FETCH) {
            throw ServerMisbehaved.tooLarge("The server sent more than %d bytes of rows at once; ask for smaller rows"
                    .formatted(MOST_OF_A_FETCH));
        }
        if (others > MOST_OF_OTHERS) {
            throw ServerMisbehaved.against("The server sent too much beside the rows (notices, errors, settings)");
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = server.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The server closed the connection within a message");
        }
        return bytes;
    }
}
