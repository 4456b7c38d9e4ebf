package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The forms of a server's messages (version 3 of PostgreSQL's protocol). The driver reads most of them by what is in them and
 * not by their length, so one whose parts do not end where it ends would have the driver take its rest for messages that
 * nobody has looked at.
 */
final class BackendMessage {

    private static final int FIELD_AFTER_NAME = 18;

    private BackendMessage() {}

    /** @throws ServerMisbehaved unless the body is exactly what its type says */
    static void check(char type, byte[] body) throws ServerMisbehaved {
        ByteBuffer left = ByteBuffer.wrap(body);
        try {
            read(type, left);
        } catch (BufferUnderflowException tooShort) {
            throw ServerMisbehaved.against(
                    "The server sent a message of type %s whose parts are longer than itself".formatted(type));
        }
        if (left.hasRemaining()) {
            throw ServerMisbehaved.against(
                    "The server sent a message of type %s which is longer than its parts".formatted(type));
        }
    }

    private static void read(char type, ByteBuffer left) throws ServerMisbehaved {
        switch (type) {
            case 'D' -> row(left);
            case 'T' -> description(left);
            case 't' -> skip(left, Integer.BYTES * Short.toUnsignedInt(left.getShort()));
            case 'R' -> authentication(left);
            case 'S' -> texts(left, 2);
            case 'A' -> {
                skip(left, Integer.BYTES);
                texts(left, 2);
            }
            case 'K' -> skip(left, 2 * Integer.BYTES);
            case 'Z' -> skip(left, 1);
            case '1', '2', '3', 'n', 's', 'I' -> {}
            // Their length is all that the driver goes by; an end needs its last zero.
            case 'C', 'E', 'N' -> skip(left, Math.max(1, left.remaining()));
            case 'G', 'H', 'd', 'c' -> skip(left, left.remaining());
            default ->
                throw ServerMisbehaved.against(
                        "The server sent a message of type %#04x, which PostgreSQL would not send"
                                .formatted((int) type));
        }
    }

    private static void row(ByteBuffer left) throws ServerMisbehaved {
        int fields = Short.toUnsignedInt(left.getShort());
        for (int field = 0; field < fields; field++) {
            int size = left.getInt();
            if (size < -1 || size > left.remaining()) {
                throw ServerMisbehaved.against("The server sent a row with a field of %d bytes where %d were left"
                        .formatted(size, left.remaining()));
            }
            skip(left, Math.max(0, size));
        }
    }

    private static void description(ByteBuffer left) {
        int fields = Short.toUnsignedInt(left.getShort());
        for (int field = 0; field < fields; field++) {
            texts(left, 1);
            skip(left, FIELD_AFTER_NAME);
        }
    }

    private static void authentication(ByteBuffer left) throws ServerMisbehaved {
        int way = left.getInt();
        switch (way) {
            case 0, 3 -> {}
            case 5 -> skip(left, Integer.BYTES);
            case 10 -> untilEmptyText(left);
            case 11, 12 -> skip(left, left.remaining());
            default ->
                throw ServerMisbehaved.against(
                        "The server asks for authentication of kind %d (expected: none, password, MD5 or SCRAM)"
                                .formatted(way));
        }
    }

    private static void untilEmptyText(ByteBuffer left) {
        int began;
        do {
            began = left.position();
            texts(left, 1);
        } while (left.position() - began > 1);
    }

    private static void texts(ByteBuffer left, int count) {
        for (int text = 0; text < count; text++) {
            while (left.get() != 0) {
                // The next byte.
            }
        }
    }

    private static void skip(ByteBuffer left, int bytes) {
        if (bytes > left.remaining()) {
            throw new BufferUnderflowException();
        }
        left.position(left.position() + bytes);
    }
}
