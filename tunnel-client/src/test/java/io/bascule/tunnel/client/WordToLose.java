package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import java.util.function.Predicate;

/** The frame of an end with which a bridge loses both legs. */
record WordToLose(EndRole end, Predicate<Frame> frame) {

    static WordToLose acknowledgement(EndRole end, long offset) {
        return new WordToLose(end, frame -> frame instanceof Frame.Ack(long upTo, long _) && upTo == offset);
    }

    static WordToLose reset(EndRole end) {
        return new WordToLose(end, frame -> frame instanceof Frame.Reset);
    }
}
