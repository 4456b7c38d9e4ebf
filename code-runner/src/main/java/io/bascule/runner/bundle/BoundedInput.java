package io.bascule.runner.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails beyond so many bytes. */
final class BoundedInput extends FilterInputStream {

    private final long most;
    private long left;

    BoundedInput(InputStream content, long most) {
        super(content);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        left -= Math.max(0, got);
        if (left < 0) {
            throw new TooLargeException(most);
        }
        return got;
    }

    /** There was more. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("it has more than %d bytes".formatted(most));
        }
    }
}
