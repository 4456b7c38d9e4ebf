package io.bascule.tunnel.client;

import java.io.Closeable;
import java.io.IOException;

/** For the closing of connections that are given up: what fails there changes nothing. */
final class Quietly {

    private Quietly() {}

    static void close(Closeable closeable) {
        run(closeable::close);
    }

    static void run(Attempt attempt) {
        try {
            attempt.make();
        } catch (IOException e) {
            // The connection is gone either way.
        }
    }

    interface Attempt {
        void make() throws IOException;
    }
}
