package io.bascule.tasks.handlers.sql.mysql;

import java.io.InputStream;
import java.io.OutputStream;

/** Both directions of a line: what the server may say follows from what it was asked. */
record GuardedStreams(InputStream in, OutputStream out) {

    GuardedStreams(InputStream in, OutputStream out) {
        var expected = new Conversation();
        this.in = new ServerPackets(in, expected);
        this.out = new ClientPackets(out, expected);
    }
}
