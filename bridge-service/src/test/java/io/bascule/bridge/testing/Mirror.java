package io.bascule.bridge.testing;

import io.bascule.tunnel.client.LocalConnection;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A target that sends back whatever comes, in memory: a process may have more of them than files. What it holds is bounded by what
 * its program has under way.
 */
final class Mirror {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> underWay = new LinkedBlockingQueue<>();
    private final InputStream back = new Back();
    private final OutputStream there = new There();

    LocalConnection connection() {
        return LocalConnection.of(back, there);
    }

    private final class There extends OutputStream {

        @Override
        public void write(int single) {
            underWay.add(new byte[] {(byte) single});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, offset, copy, 0, length);
            underWay.add(copy);
        }

        @Override
        public void close() {
            underWay.add(END);
        }
    }

    /** For one reader. */
    private final class Back extends InputStream {

        private byte[] present = END;
        private int taken;
        private boolean over;

        @Override
        public int read() {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            while (taken == present.length && !over) {
                present = next();
                taken = 0;
                over = present == END;
            }
            if (over) {
                return -1;
            }
            int count = Math.min(length, present.length - taken);
            System.arraycopy(present, taken, target, offset, count);
            taken += count;
            return count;
        }

        private byte[] next() {
            try {
                return underWay.take();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return END;
            }
        }

        @Override
        public void close() {
            underWay.add(END);
        }
    }
}
