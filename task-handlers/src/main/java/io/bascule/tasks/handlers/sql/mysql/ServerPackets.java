package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.CheckedStream;
import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a server says, packet by packet, each judged by the {@link Conversation}. For one thread.
 */
final class ServerPackets extends CheckedStream {

    /** A row with its packets' headers; as for PostgreSQL. */
    static final int LARGEST = 16 << 20;

    private static final int HEADER = 4;

    /** A packet of this length goes on in the next one. */
    private static final int FULL = 0xFF_FFFF;

    private final Conversation conversation;

    ServerPackets(InputStream server, Conversation conversation) {
        super(server);
        this.conversation = conversation;
    }

    @Override
    protected @Nullable ByteBuffer next() throws IOException {
        byte[] header = upTo(HEADER);
        return header.length == 0 ? null : next(header);
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
        // Of two parts at most, as much as LARGEST allows; how long the other is comes before there is room for both.
        byte[] otherHeader = exactly(HEADER);
        require(first.length + length(otherHeader));
        byte[] other = body(otherHeader);
        conversation.said(joined(first, other));
        return ByteBuffer.allocate(2 * HEADER + first.length + other.length)
                .put(header)
                .put(first)
                .put(otherHeader)
                .put(other)
                .flip();
    }

    private static byte[] joined(byte[] first, byte[] other) {
        if (other.length == 0) {
            return first;
        }
        byte[] both = Arrays.copyOf(first, first.length + other.length);
        System.arraycopy(other, 0, both, first.length, other.length);
        return both;
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
            throw new EOFException("The server closed the connection within a message");
        }
        return Byte.toUnsignedInt(header[0]) | Byte.toUnsignedInt(header[1]) << 8 | Byte.toUnsignedInt(header[2]) << 16;
    }
}
