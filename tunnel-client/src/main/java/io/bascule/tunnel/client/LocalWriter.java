package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.ResetCode;
import java.io.IOException;
import java.util.List;

/** Writes to the local connection what came through the tunnel; only what is written is acknowledged. */
final class LocalWriter implements Runnable {

    /** After so many bytes at the latest, what was written is reported, so that the other end may send on. */
    private static final int REPORT_AFTER = 64 * 1024;

    private final LocalConnection local;
    private final Coupling coupling;

    LocalWriter(LocalConnection local, Coupling coupling) {
        this.local = local;
        this.coupling = coupling;
    }

    @Override
    public void run() {
        try {
            while (true) {
                switch (coupling.awaitDelivery()) {
                    case Delivery.Pieces(List<Bytes> pieces) -> write(pieces);
                    case Delivery.End() -> {
                        local.closeOutput();
                        coupling.outputClosed();
                    }
                    case Delivery.Over() -> {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            coupling.reset(ResetCode.TARGET_RESET, "writing to the local connection: " + e.getMessage());
        }
    }

    private void write(List<Bytes> pieces) throws IOException {
        for (int from = 0; from < pieces.size(); ) {
            int to = from;
            int count = 0;
            while (to < pieces.size() && (count == 0 || count + pieces.get(to).length() <= REPORT_AFTER)) {
                count += pieces.get(to).length();
                to++;
            }
            local.write(pieces.subList(from, to));
            coupling.written(count);
            from = to;
        }
    }
}
