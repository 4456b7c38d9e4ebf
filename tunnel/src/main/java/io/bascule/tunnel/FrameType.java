package io.bascule.tunnel;

/** The first byte of each frame. Types below {@link #HELLO} are between an end and its bridge. */
final class FrameType {

    static final int ATTACH = 0x01;
    static final int ATTACHED = 0x02;
    static final int PEER_LOST = 0x03;
    static final int MIGRATE = 0x04;
    static final int DETACH = 0x05;
    static final int RESUMED = 0x06;
    static final int HELLO = 0x10;
    static final int DATA = 0x11;
    static final int ACK = 0x12;
    static final int FIN = 0x13;
    static final int RESET = 0x14;
    static final int PING = 0x15;
    static final int PONG = 0x16;
    static final int RECEIVED = 0x17;
    static final int INTRODUCE = 0x18;
    static final int PROVE = 0x19;

    private FrameType() {}
}
