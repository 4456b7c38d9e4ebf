package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the local connection as far as the tunnel takes it. A well-filled buffer is handed over as it is, a poorly filled
 * one is copied; its size follows what comes, so that a quiet connection holds little.
 */
final class LocalReader implements Runnable {

    private static final int SMALLEST = 4 * 1024;

    private final LocalConnection local;
    private final Coupling coupling;
    private byte[] buffer = new byte[SMALLEST];

    LocalReader(LocalConnection local, Coupling coupling) {
        this.local = local;
        this.coupling = coupling;
    }

    @Override
    public void run() {
        try {
            for (int room = coupling.awaitReadable(); room > 0; room = coupling.awaitReadable()) {
                int count = local.read(buffer, 0, Math.min(room, buffer.length));
                if (count < 0) {
                    coupling.readEnd();
                    return;
                }
                coupling.read(taken(count));
            }
        } catch (IOException e) {
            coupling.reset(ResetCode.TARGET_RESET, "reading the local connection: " + e.getMessage());
        }
    }

    private Bytes taken(int count) {
        if (count < buffer.length / 2) {
            Bytes copy = Bytes.wrap(Arrays.copyOf(buffer, count));
            if (count < buffer.length / 8 && buffer.length > SMALLEST) {
                buffer = new byte[buffer.length / 2];
            }
            return copy;
        }
        Bytes whole = Bytes.wrap(buffer, 0, count);
        boolean full = count == buffer.length;
        buffer = new byte[full ? Math.min(2 * buffer.length, Frame.MAX_PAYLOAD) : buffer.length];
        return whole;
    }
}
