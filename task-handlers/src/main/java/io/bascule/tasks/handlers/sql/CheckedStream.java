package io.bascule.tasks.handlers.sql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a server says, as far as it may say it: message by message, each whole and looked at before the driver sees it, since
 * the driver believes every length. For one thread.
 */
public abstract class CheckedStream extends InputStream {

    private final InputStream server;
    private ByteBuffer checked = ByteBuffer.allocate(0);

    protected CheckedStream(InputStream server) {
        this.server = server;
    }

    /**
     * The next message, of at least one byte, as the driver is to read it; null where the server has closed between two.
     *
     * @throws ServerMisbehaved when it is not as it may be
     */
    protected abstract @Nullable ByteBuffer next() throws IOException;

    /** At most so many bytes of the server's; fewer where it has closed. */
    protected final byte[] upTo(int length) throws IOException {
        return server.readNBytes(length);
    }

    protected final byte[] exactly(int length) throws IOException {
        byte[] bytes = upTo(length);
        if (bytes.length < length) {
            throw new EOFException("The server closed the connection within a message");
        }
        return bytes;
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
        ByteBuffer next = next();
        if (next == null) {
            return false;
        }
        checked = next;
        return true;
    }
}
