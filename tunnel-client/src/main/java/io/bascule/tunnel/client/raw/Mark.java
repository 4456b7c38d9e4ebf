package io.bascule.tunnel.client.raw;

/** What stands in the place of a length and has nothing behind it. */
enum Mark implements Arrival {

    /** Nothing follows in this direction. */
    END(0),

    /** The connection is alive. */
    ALIVE(-1);

    private final int wire;

    Mark(int wire) {
        this.wire = wire;
    }

    int wire() {
        return wire;
    }
}
