package io.bascule.tunnel;

/** Which end of a tunnel. */
public enum EndRole {

    /** The end that asked for the tunnel; it owns the epochs. */
    CLIENT(0),

    /** The end that dials the target. */
    AGENT(1);

    private final int wire;

    EndRole(int wire) {
        this.wire = wire;
    }

    /** As in frames and proofs. */
    public int wire() {
        return wire;
    }

    /** The one at the far end. */
    public EndRole other() {
        return this == CLIENT ? AGENT : CLIENT;
    }

    static EndRole of(int wire) {
        return switch (wire) {
            case 0 -> CLIENT;
            case 1 -> AGENT;
            default -> throw new IllegalArgumentException("end: " + wire + " (expected: 0 or 1)");
        };
    }
}
