package io.bascule.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.Attach;
import io.bascule.tunnel.Frame.Attached;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Detach;
import io.bascule.tunnel.Frame.Fin;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Introduce;
import io.bascule.tunnel.Frame.Migrate;
import io.bascule.tunnel.Frame.PeerLost;
import io.bascule.tunnel.Frame.Ping;
import io.bascule.tunnel.Frame.Pong;
import io.bascule.tunnel.Frame.Prove;
import io.bascule.tunnel.Frame.Received;
import io.bascule.tunnel.Frame.Reset;
import io.bascule.tunnel.Frame.Resumed;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * Frames as bytes and back. What was encoded decodes to an equal frame; whatever else is given to {@link #decode} ends
 * in an {@link InvalidFrameException} and in no other exception. Payloads are shared, not copied, in both directions.
 */
public final class FrameCodec {

    /** The most bytes of UTF-8 of a ticket, which is refused beyond, or of an explanation, which is cut. */
    public static final int MAX_TEXT = 16_384;

    private FrameCodec() {}

    /** Encodes a frame. */
    public static EncodedFrame encode(Frame frame) {
        return switch (frame) {
            case Attach attach -> attach(attach);
            case Attached attached -> attached(attached);
            case PeerLost() -> whole(start(FrameType.PEER_LOST, 0));
            case Migrate migrate -> migrate(migrate);
            case Resumed(boolean planned, long stall) ->
                whole(start(FrameType.RESUMED, 1 + Integer.BYTES)
                        .put((byte) (planned ? 1 : 0))
                        .putInt((int) stall));
            case Detach(DetachReason reason) -> whole(start(FrameType.DETACH, 1).put((byte) reason.value()));
            case Hello(long rxOffset, long rxLimit, boolean earlier) ->
                whole(start(FrameType.HELLO, 2 * Long.BYTES + 1)
                        .putLong(rxOffset)
                        .putLong(rxLimit)
                        .put((byte) (earlier ? 1 : 0)));
            case Introduce introduce -> introduce(introduce);
            case Prove(Bytes proof) ->
                whole(start(FrameType.PROVE, Frame.PROOF_LENGTH).put(proof.toByteBuffer()));
            case Received(long received, long rxOffset, long rxLimit) ->
                longs(FrameType.RECEIVED, received, rxOffset, rxLimit);
            case Data(long offset, long rxOffset, long rxLimit, Bytes bytes) ->
                EncodedFrame.of(
                        filled(start(FrameType.DATA, 24)
                                .putLong(offset)
                                .putLong(rxOffset)
                                .putLong(rxLimit)),
                        bytes);
            case Ack(long rxOffset, long rxLimit) -> longs(FrameType.ACK, rxOffset, rxLimit);
            case Fin(long finalOffset) -> longs(FrameType.FIN, finalOffset);
            case Reset(ResetCode code, String text) -> {
                byte[] explanation = cut(text);
                yield whole(text(start(FrameType.RESET, 3 + explanation.length).put((byte) code.value()), explanation));
            }
            case Ping(long token) -> longs(FrameType.PING, token);
            case Pong(long token) -> longs(FrameType.PONG, token);
        };
    }

    /** Decodes one message as it arrived. */
    public static Frame decode(EncodedFrame message) throws InvalidFrameException {
        if (message.length() > Frame.MAX_LENGTH) {
            throw new InvalidFrameException(
                    "frame of " + message.length() + " bytes (expected: at most " + Frame.MAX_LENGTH + ")");
        }
        Bytes bytes = message.contiguous();
        ByteBuffer fields = bytes.toByteBuffer();
        try {
            int type = Byte.toUnsignedInt(fields.get());
            Frame frame = decode(type, fields, bytes);
            if (fields.hasRemaining()) {
                throw new InvalidFrameException(named(type) + ": " + fields.remaining() + " bytes left over");
            }
            return frame;
        } catch (BufferUnderflowException e) {
            throw new InvalidFrameException("frame of " + bytes.length() + " bytes is cut short");
        } catch (IllegalArgumentException e) {
            throw new InvalidFrameException(named(message.type()) + ": " + e.getMessage());
        }
    }

    private static Frame decode(int type, ByteBuffer fields, Bytes bytes) throws InvalidFrameException {
        return switch (type) {
            case FrameType.ATTACH ->
                new Attach(
                        u8(fields),
                        EndRole.of(u8(fields)),
                        new UUID(fields.getLong(), fields.getLong()),
                        u32(fields),
                        text(fields));
            case FrameType.ATTACHED ->
                new Attached(AttachStatus.of(u8(fields)), u32(fields), u32(fields), text(fields));
            case FrameType.PEER_LOST -> new PeerLost();
            case FrameType.MIGRATE -> {
                Migrate migrate = new Migrate(u32(fields), text(fields));
                fields.position(fields.limit());
                yield migrate;
            }
            case FrameType.RESUMED -> new Resumed(flag(fields), u32(fields));
            case FrameType.DETACH -> new Detach(new DetachReason(u8(fields)));
            case FrameType.HELLO -> new Hello(fields.getLong(), fields.getLong(), flag(fields));
            case FrameType.RECEIVED -> new Received(fields.getLong(), fields.getLong(), fields.getLong());
            case FrameType.INTRODUCE ->
                new Introduce(
                        fixed(fields, bytes), fixed(fields, bytes), variable(fields, bytes), variable(fields, bytes));
            case FrameType.PROVE -> new Prove(fixed(fields, bytes));
            case FrameType.DATA -> new Data(fields.getLong(), fields.getLong(), fields.getLong(), rest(fields, bytes));
            case FrameType.ACK -> new Ack(fields.getLong(), fields.getLong());
            case FrameType.FIN -> new Fin(fields.getLong());
            case FrameType.RESET -> new Reset(new ResetCode(u8(fields)), text(fields));
            case FrameType.PING -> new Ping(fields.getLong());
            case FrameType.PONG -> new Pong(fields.getLong());
            default -> throw new InvalidFrameException("unknown frame type " + named(type));
        };
    }

    private static EncodedFrame attach(Attach attach) {
        byte[] ticket = attach.ticket().getBytes(UTF_8);
        if (ticket.length > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "ticket: " + ticket.length + " bytes (expected: at most " + MAX_TEXT + ")");
        }
        ByteBuffer fields = start(FrameType.ATTACH, 24 + ticket.length)
                .put((byte) attach.version())
                .put((byte) attach.end().wire())
                .putLong(attach.tunnel().getMostSignificantBits())
                .putLong(attach.tunnel().getLeastSignificantBits())
                .putInt((int) attach.epoch());
        return whole(text(fields, ticket));
    }

    private static EncodedFrame attached(Attached attached) {
        byte[] explanation = cut(attached.text());
        ByteBuffer fields = start(FrameType.ATTACHED, 11 + explanation.length)
                .put((byte) attached.status().wire())
                .putInt((int) attached.epoch())
                .putInt((int) attached.retryAfterMillis());
        return whole(text(fields, explanation));
    }

    private static EncodedFrame migrate(Migrate migrate) {
        byte[] id = cut(migrate.bridge());
        ByteBuffer fields =
                start(FrameType.MIGRATE, Integer.BYTES + 2 + id.length).putInt((int) migrate.timeLeftMillis());
        return whole(text(fields, id));
    }

    private static EncodedFrame introduce(Introduce frame) {
        int variable = frame.certificates().length() + frame.signature().length();
        return whole(start(FrameType.INTRODUCE, 2 * Frame.PROOF_LENGTH + 2 * Short.BYTES + variable)
                .put(frame.nonce().toByteBuffer())
                .put(frame.key().toByteBuffer())
                .putShort((short) frame.certificates().length())
                .put(frame.certificates().toByteBuffer())
                .putShort((short) frame.signature().length())
                .put(frame.signature().toByteBuffer()));
    }

    private static EncodedFrame longs(int type, long... values) {
        ByteBuffer fields = start(type, values.length * Long.BYTES);
        for (long value : values) {
            fields.putLong(value);
        }
        return whole(fields);
    }

    private static ByteBuffer start(int type, int length) {
        return ByteBuffer.allocate(1 + length).put((byte) type);
    }

    private static EncodedFrame whole(ByteBuffer fields) {
        return EncodedFrame.of(filled(fields), Bytes.EMPTY);
    }

    private static Bytes filled(ByteBuffer fields) {
        return Bytes.wrap(fields.array(), fields.arrayOffset(), fields.position());
    }

    private static ByteBuffer text(ByteBuffer fields, byte[] utf8) {
        return fields.putShort((short) utf8.length).put(utf8);
    }

    private static String text(ByteBuffer fields) {
        int length = Short.toUnsignedInt(fields.getShort());
        if (length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = new String(fields.array(), fields.arrayOffset() + fields.position(), length, UTF_8);
        fields.position(fields.position() + length);
        return text;
    }

    /** The UTF-8 of a text, without the characters that would pass the limit. */
    private static byte[] cut(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length <= MAX_TEXT) {
            return utf8;
        }
        int end = MAX_TEXT;
        while ((utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    private static Bytes rest(ByteBuffer fields, Bytes bytes) {
        int from = bytes.length() - fields.remaining();
        Bytes rest = bytes.slice(from, fields.remaining());
        fields.position(fields.limit());
        return rest;
    }

    private static Bytes fixed(ByteBuffer fields, Bytes bytes) {
        return part(fields, bytes, Frame.PROOF_LENGTH);
    }

    private static Bytes variable(ByteBuffer fields, Bytes bytes) {
        return part(fields, bytes, Short.toUnsignedInt(fields.getShort()));
    }

    private static Bytes part(ByteBuffer fields, Bytes bytes, int length) {
        if (length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        Bytes part = bytes.slice(bytes.length() - fields.remaining(), length);
        fields.position(fields.position() + length);
        return part;
    }

    private static boolean flag(ByteBuffer fields) {
        int value = u8(fields);
        if (value > 1) {
            throw new IllegalArgumentException("flag: " + value + " (expected: 0 or 1)");
        }
        return value == 1;
    }

    private static int u8(ByteBuffer fields) {
        return Byte.toUnsignedInt(fields.get());
    }

    private static long u32(ByteBuffer fields) {
        return Integer.toUnsignedLong(fields.getInt());
    }

    private static String named(int type) {
        return "0x%02x".formatted(type);
    }
}
