package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a server may say next: greeting and login, then an answer to each command (version 10 of the protocol, texts, with the packets
 * that end lists). The driver makes room for as many columns and bytes as it is told of, and sends the file that a statement
 * names when a server asks for it, whether it allowed that or not; so neither gets there. It also keeps all rows that it is answered, those
 * of a task's statement excepted, so each answer has a bound. For one thread.
 */
final class Conversation {

    private enum Next {
        LOGIN,
        ANSWER,
        COLUMN,
        END_OF_COLUMNS,
        ROW,
        NOTHING
    }

    private static final int OK = 0x00;
    private static final int FILE = 0xFB;
    private static final int END = 0xFE;
    private static final int ERROR = 0xFF;

    private static final int LENGTH_OF_END = 5;

    private static final int MOST_COLUMNS = 4096;
    private static final int LARGEST_OTHER = 1 << 20;
    private static final long MOST_OF_OTHERS = 32L << 20;
    private static final int COST_OF_ANOTHER = 1024;

    /** Of all rows that answer a task's statement, beyond what any of its bounds can let in. */
    static final long MOST_OF_ROWS = 64L << 20;

    /** Of those that answer what the driver asks by itself: one short row at most. */
    static final long MOST_OF_OTHER_ROWS = 1 << 20;

    private static final int COST_OF_ROW = 64;
    private static final int MORE_ANSWERS = 0x0008;
    private static final String TELLING = "mysql_clear_password";

    /** Of a column, behind its names: a length of 12, and what it is the length of. */
    private static final int AFTER_NAMES = 13;

    private static final int NAMES = 6;

    private Next next = Next.LOGIN;
    private int columns;
    private int columnsLeft;
    private long others;
    private long rows;
    private long mostOfRows = MOST_OF_OTHER_ROWS;

    /** A command goes to the server. */
    void asked() {
        next = Next.ANSWER;
        rows = 0;
        mostOfRows = MOST_OF_OTHER_ROWS;
    }

    /** The command is the task's own statement, whose rows are read one by one. */
    void askedForTheTask() {
        mostOfRows = MOST_OF_ROWS;
    }

    /** A packet of so many bytes begins. */
    void announced(int length) throws ServerMisbehaved {
        if (next == Next.ROW) {
            rows += COST_OF_ROW + length;
            requireRoom();
            return;
        }
        if (length > LARGEST_OTHER) {
            throw ServerMisbehaved.against("The server sent a packet that claims %d bytes (expected: at most %d)"
                    .formatted(length, LARGEST_OTHER));
        }
        others += COST_OF_ANOTHER + length;
        if (others > MOST_OF_OTHERS) {
            throw ServerMisbehaved.against("The server sent too much beside the rows");
        }
    }

    private void requireRoom() throws ServerMisbehaved {
        if (rows <= mostOfRows) {
            return;
        }
        throw mostOfRows == MOST_OF_ROWS
                ? ServerMisbehaved.tooLarge(
                        "The server sent rows of more than %d bytes in all; ask for fewer or smaller rows"
                                .formatted(MOST_OF_ROWS))
                : ServerMisbehaved.against("The server sent rows that nobody asked for");
    }

    /** @throws ServerMisbehaved unless a server may say that now */
    void said(byte[] packet) throws ServerMisbehaved {
        try {
            ByteBuffer body = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
            switch (next) {
                case LOGIN -> login(packet);
                case ANSWER -> answer(body);
                case COLUMN -> column(body);
                case END_OF_COLUMNS -> {
                    require(isEnd(body), "columns without an end");
                    next = Next.ROW;
                }
                case ROW -> row(body);
                case NOTHING -> throw ServerMisbehaved.against("The server sent a packet that nobody asked for");
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException tooShort) {
            throw ServerMisbehaved.against("The server sent a packet whose parts are longer than itself");
        }
    }

    /** Also the encrypted line's: a server that is not verified could be anybody. */
    private static void login(byte[] packet) throws ServerMisbehaved {
        require(packet.length > 0, "an empty packet");
        if (new String(packet, StandardCharsets.ISO_8859_1).contains(TELLING)) {
            throw ServerMisbehaved.login(
                    "The server asks for the password as it is (mysql_clear_password), which is not told");
        }
    }

    private void answer(ByteBuffer body) throws ServerMisbehaved {
        int first = Byte.toUnsignedInt(body.get(0));
        switch (first) {
            case OK -> {
                body.get();
                length(body);
                length(body);
                after(body.getShort());
            }
            case ERROR -> next = Next.NOTHING;
            case FILE -> throw ServerMisbehaved.against("The server asked for a file of the worker's (LOCAL INFILE)");
            default -> {
                long count = length(body);
                require(
                        count > 0 && count <= MOST_COLUMNS && !body.hasRemaining(),
                        "an answer that claims %d columns (expected: at most %d)".formatted(count, MOST_COLUMNS));
                columns = (int) count;
                columnsLeft = columns;
                next = Next.COLUMN;
            }
        }
    }

    private void column(ByteBuffer body) throws ServerMisbehaved {
        for (int name = 0; name < NAMES; name++) {
            skip(body, length(body));
        }
        require(body.remaining() == AFTER_NAMES && body.get() == AFTER_NAMES - 1, "a column that is none");
        columnsLeft--;
        next = columnsLeft == 0 ? Next.END_OF_COLUMNS : Next.COLUMN;
    }

    private void row(ByteBuffer body) throws ServerMisbehaved {
        int first = Byte.toUnsignedInt(body.get(0));
        if (first == ERROR) {
            next = Next.NOTHING;
        } else if (isEnd(body)) {
            after(body.getShort(3));
        } else {
            for (int field = 0; field < columns; field++) {
                if (Byte.toUnsignedInt(body.get(body.position())) == FILE) {
                    body.get();
                } else {
                    skip(body, length(body));
                }
            }
            require(!body.hasRemaining(), "a row which is longer than its fields");
        }
    }

    private void after(short status) {
        next = (status & MORE_ANSWERS) == 0 ? Next.NOTHING : Next.ANSWER;
    }

    private static boolean isEnd(ByteBuffer body) {
        return Byte.toUnsignedInt(body.get(0)) == END && body.limit() == LENGTH_OF_END;
    }

    /** A number of 1, 3, 4 or 9 bytes. */
    private static long length(ByteBuffer body) {
        int first = Byte.toUnsignedInt(body.get());
        return switch (first) {
            case 0xFC -> Short.toUnsignedLong(body.getShort());
            case 0xFD -> Short.toUnsignedLong(body.getShort()) | (long) Byte.toUnsignedInt(body.get()) << 16;
            case 0xFE -> body.getLong();
            default -> first;
        };
    }

    private static void skip(ByteBuffer body, long bytes) {
        if (bytes < 0 || bytes > body.remaining()) {
            throw new BufferUnderflowException();
        }
        body.position(body.position() + (int) bytes);
    }

    private static void require(boolean holds, String what) throws ServerMisbehaved {
        if (!holds) {
            throw ServerMisbehaved.against("The server sent " + what);
        }
    }
}
