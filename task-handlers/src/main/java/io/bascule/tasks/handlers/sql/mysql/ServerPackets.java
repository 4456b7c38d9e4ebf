package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What a server says, as far as it may say it: packet by packet, each whole and looked at ({@link Conversation}) before the driver sees
 * it, since the driver believes every length. For one thread.
 */
final class ServerPackets extends InputStream {

    /** A row with its packets' headers; as for PostgreSQL. */
    static final int LARGEST = 16 << 20;

    private static final int HEADER = 4;

    /** A packet of this length goes on in the next one. */
    private static final int FULL = 0xFF_FFFF;

    private final InputStream server;
    private final Conversation conversation;
    private ByteBuffer checked = ByteBuffer.allocate(0);

    ServerPackets(InputStream server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
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
    public int available() {
        return checked.remaining();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private boolean more() throws IOException {
        if (checked.hasRemaining()) {
            return true;
        }
        byte[] header = server.readNBytes(HEADER);
        if (header.length == 0) {
            return false;
        }
        checked = next(header);
        return true;
    }

    private ByteBuffer next(byte[] header) throws IOException {
        byte[] first = body(header);
        if (first.length < FULL) {
            conversation.said(first);
            return ByteBuffer.allocate(HEADER + first.length)
                    .put(header)
                    .put(first)
                    .flip();
        }
        var line = new ByteArrayOutputStream(2 * FULL);
        var payload = new ByteArrayOutputStream(2 * FULL);
        byte[] part = first;
        byte[] head = header;
        while (true) {
            line.writeBytes(head);
            line.writeBytes(part);
            payload.writeBytes(part);
            if (part.length < FULL) {
                conversation.said(payload.toByteArray());
                return ByteBuffer.wrap(line.toByteArray());
            }
            head = exactly(HEADER);
            require(payload.size() + length(head));
            part = body(head);
        }
    }

    private byte[] body(byte[] header) throws IOException {
        int length = length(header);
        conversation.announced(length);
        return exactly(length);
    }

    private static void require(int length) throws ServerMisbehaved {
        if (length > LARGEST) {
            throw ServerMisbehaved.tooLarge(
                    "The server sent a row of %d bytes (expected: at most %d); ask for smaller rows"
                            .formatted(length, LARGEST));
        }
    }

    private static int length(byte[] header) throws EOFException {
        if (header.length < HEADER) {
            throw new EOFException("The server closed the connection within a packet");
        }
        return Byte.toUnsignedInt(header[0]) | Byte.toUnsignedInt(header[1]) << 8 | Byte.toUnsignedInt(header[2]) << 16;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = server.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The server closed the connection within a packet");
        }
        return bytes;
    }
}
