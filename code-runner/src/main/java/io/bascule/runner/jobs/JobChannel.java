package io.bascule.runner.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Frames to and from a job's process: a type (1 byte), a length (4 bytes), that many bytes. No frame is read beyond its
 * bound, so a process decides what it says and never how much memory that takes here.
 */
final class JobChannel {

    private static final int JOB = 0x01;
    private static final int READY = 0x10;
    private static final int LOG = 0x11;
    private static final int RESULT = 0x12;
    private static final int FAILURE = 0x13;
    private static final int PROGRESS = 0x14;
    private static final int HEAD_BYTES = 5;
    private static final long LARGEST_LOG = 1 + 32 * 1024;
    private static final long LARGEST_PROGRESS = 1 + 1024;
    private static final long LARGEST_FAILURE = 256 * 1024;

    private final ByteChannel channel;

    JobChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /** Hands over the job; blocks until the process has taken it. */
    void send(byte[] settings, byte[] source, byte[] input) throws IOException {
        int length = 4 + settings.length + 4 + source.length + input.length;
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + length);
        frame.put((byte) JOB).putInt(length);
        frame.putInt(settings.length).put(settings);
        frame.putInt(source.length).put(source);
        frame.put(input).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** The next message; blocks until there is one. */
    ChannelMessage read(int largestResult) {
        try {
            ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
            if (!fill(head)) {
                return new ChannelMessage.Closed();
            }
            return body(head.get(0), Integer.toUnsignedLong(head.getInt(1)), largestResult);
        } catch (IOException gone) {
            return new ChannelMessage.Closed();
        }
    }

    private ChannelMessage body(int type, long length, int largestResult) throws IOException {
        long most = switch (type) {
            case READY -> 0;
            case LOG -> LARGEST_LOG;
            case RESULT -> largestResult;
            case FAILURE -> LARGEST_FAILURE;
            case PROGRESS -> LARGEST_PROGRESS;
            default -> -1;
        };
        if (most < 0) {
            return new ChannelMessage.Garbage("a frame of type " + type);
        }
        if (length > most) {
            return type == RESULT
                    ? new ChannelMessage.OversizedResult(length)
                    : new ChannelMessage.Garbage("a frame of %d bytes".formatted(length));
        }
        ByteBuffer body = ByteBuffer.allocate((int) length);
        return fill(body) ? message(type, body.array()) : new ChannelMessage.Closed();
    }

    private static ChannelMessage message(int type, byte[] body) {
        return switch (type) {
            case READY -> new ChannelMessage.Ready();
            case LOG -> log(body);
            case PROGRESS -> progress(body);
            case RESULT -> new ChannelMessage.Result(ByteBuffer.wrap(body));
            default -> new ChannelMessage.Failure(new String(body, StandardCharsets.UTF_8));
        };
    }

    private static ChannelMessage log(byte[] body) {
        return switch (body.length == 0 ? -1 : body[0]) {
            case 0 -> log(LogLevel.DEBUG, body);
            case 1 -> log(LogLevel.INFO, body);
            case 2 -> log(LogLevel.WARN, body);
            case 3 -> log(LogLevel.ERROR, body);
            default -> new ChannelMessage.Garbage("a log frame without a level");
        };
    }

    private static ChannelMessage progress(byte[] body) {
        if (body.length == 0 || body[0] < 0 || body[0] > 100) {
            return new ChannelMessage.Garbage("a progress frame that is not between 0 and 100");
        }
        return new ChannelMessage.Progress(body[0], new String(body, 1, body.length - 1, StandardCharsets.UTF_8));
    }

    private static ChannelMessage log(LogLevel level, byte[] body) {
        return new ChannelMessage.Log(level, new String(body, 1, body.length - 1, StandardCharsets.UTF_8), body.length);
    }

    /** False when the channel ended first. */
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
