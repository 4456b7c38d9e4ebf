package io.bascule.tunnel;

/** What a bridge answers to an ATTACH. After all but OK the bridge ends the leg. */
public enum AttachStatus {

    /** The two ends are paired; frames are forwarded from here on. */
    OK(0),

    /** The bridge knows no such tunnel. */
    NOT_FOUND(1),

    /** A higher epoch of the tunnel has been seen. */
    STALE_EPOCH(2),

    /** The ticket or the certificate does not let this end in. */
    DENIED(3),

    /** The bridge takes no more for now; another one may, or this one after the stated time. */
    BUSY(4);

    private final int wire;

    AttachStatus(int wire) {
        this.wire = wire;
    }

    int wire() {
        return wire;
    }

    static AttachStatus of(int wire) {
        return switch (wire) {
            case 0 -> OK;
            case 1 -> NOT_FOUND;
            case 2 -> STALE_EPOCH;
            case 3 -> DENIED;
            case 4 -> BUSY;
            default -> throw new IllegalArgumentException("status: " + wire + " (expected: 0 to 4)");
        };
    }
}
