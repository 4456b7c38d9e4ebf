package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.CheckedStream;
import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a server says, message by message. Bounded are each message, the rows of one fetch together, and everything else together
 * (the driver keeps warnings, errors and settings). For one thread.
 */
final class BackendMessages extends CheckedStream {

    static final int LARGEST_ROW = 16 << 20;
    static final int LARGEST_OTHER = 1 << 20;

    /** With room for what a row costs beyond its bytes. */
    private static final long MOST_OF_A_FETCH = LARGEST_ROW + (8L << 20);

    private static final long MOST_OF_OTHERS = 32L << 20;
    private static final int COST_OF_A_ROW = 64;
    private static final int COST_OF_ANOTHER = 1024;
    private static final int HEADER = 1 + Integer.BYTES;

    private final InputStream server;
    private long rows;
    private long others;

    BackendMessages(InputStream server) {
        super(server);
        this.server = server;
    }

    /** Also what has come and was not looked at yet: the driver asks for it to hear of notices. */
    @Override
    public int available() throws IOException {
        int checked = super.available();
        return checked > 0 ? checked : Math.max(0, server.available() - HEADER);
    }

    @Override
    protected @Nullable ByteBuffer next() throws IOException {
        int type = server.read();
        return type < 0 ? null : next((char) type);
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
}
