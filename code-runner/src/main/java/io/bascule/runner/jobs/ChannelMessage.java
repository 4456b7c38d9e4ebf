package io.bascule.runner.jobs;

import java.nio.ByteBuffer;

/** What a job's process says on its channel. */
sealed interface ChannelMessage {

    /** It waits for a job. */
    record Ready() implements ChannelMessage {}

    record Log(LogLevel level, String text, int bytes) implements ChannelMessage {}

    /** How far the handler says it is, 0 to 100. */
    record Progress(int percent, String message) implements ChannelMessage {}

    /** The handler returned this, which should be JSON. */
    record Result(ByteBuffer json) implements ChannelMessage {}

    /** The handler threw; should be JSON with name, message, stack. */
    record Failure(String json) implements ChannelMessage {}

    /** A result longer than it may be; its bytes were not read. */
    record OversizedResult(long bytes) implements ChannelMessage {}

    /** Not of our protocol: the function itself wrote to the channel. */
    record Garbage(String what) implements ChannelMessage {}

    /** Nothing more will come. */
    record Closed() implements ChannelMessage {}
}
