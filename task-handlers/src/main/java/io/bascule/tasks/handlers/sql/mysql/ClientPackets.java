package io.bascule.tasks.handlers.sql.mysql;

import java.io.IOException;
import java.io.OutputStream;

/** What the driver says, watched for the commands in it. For one thread. */
final class ClientPackets extends OutputStream {

    private static final int HEADER = 4;

    private final OutputStream server;
    private final Conversation conversation;
    private final byte[] header = new byte[HEADER];
    private int headerRead;
    private int left;

    ClientPackets(OutputStream server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; ) {
            if (headerRead < HEADER) {
                header[headerRead++] = from[at++];
                if (headerRead == HEADER) {
                    begin();
                }
            } else {
                int taken = Math.min(left, offset + length - at);
                at += taken;
                left -= taken;
            }
            if (headerRead == HEADER && left == 0) {
                headerRead = 0;
            }
        }
        server.write(from, offset, length);
    }

    private void begin() {
        left = Byte.toUnsignedInt(header[0]) | Byte.toUnsignedInt(header[1]) << 8 | Byte.toUnsignedInt(header[2]) << 16;
        if (header[3] == 0) {
            conversation.asked();
        }
    }

    @Override
    public void flush() throws IOException {
        server.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
