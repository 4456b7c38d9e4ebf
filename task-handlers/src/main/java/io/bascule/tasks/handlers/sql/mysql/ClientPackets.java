package io.bascule.tasks.handlers.sql.mysql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the driver says, watched for the commands in it, and for which of them is a task's statement. For one thread. */
final class ClientPackets extends OutputStream {

    private static final int HEADER = 4;

    /** As the protocol has it: a byte for "query", and its text. */
    private static final List<byte[]> STATEMENTS = List.of(query(Literals.EXECUTE), query(Literals.UNPREPARED));

    private static final int LONGEST_BEGINNING =
            STATEMENTS.stream().mapToInt(text -> text.length).max().orElseThrow();

    private final OutputStream server;
    private final Conversation conversation;
    private final byte[] header = new byte[HEADER];
    private int headerRead;
    private final byte[] beginning = new byte[LONGEST_BEGINNING];
    private int beginningRead;
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
                look(from, at, taken);
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
            beginningRead = 0;
        }
    }

    /** Before the last of it goes out, so before an answer can be read. */
    private void look(byte[] from, int at, int length) {
        int taken = header[3] == 0 ? Math.min(length, LONGEST_BEGINNING - beginningRead) : 0;
        if (taken == 0) {
            return;
        }
        System.arraycopy(from, at, beginning, beginningRead, taken);
        beginningRead += taken;
        if (STATEMENTS.stream().anyMatch(this::beginsWith)) {
            conversation.askedForTheTask();
        }
    }

    private boolean beginsWith(byte[] text) {
        return beginningRead >= text.length && Arrays.equals(beginning, 0, text.length, text, 0, text.length);
    }

    private static byte[] query(String text) {
        return ("\u0003" + text).getBytes(StandardCharsets.US_ASCII);
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
