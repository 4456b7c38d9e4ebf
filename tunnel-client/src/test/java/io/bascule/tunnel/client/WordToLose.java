package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import java.util.function.Predicate;

/**
 * A frame of an end that a bridge loses.
 *
 * @param withLegs whether both legs are lost with it
 */
record WordToLose(EndRole end, Predicate<Frame> frame, boolean withLegs) {

    static WordToLose acknowledgement(EndRole end, long offset) {
        return new WordToLose(end, frame -> frame instanceof Frame.Ack(long upTo, long _) && upTo == offset, true);
    }

    static WordToLose reset(EndRole end) {
        return new WordToLose(end, frame -> frame instanceof Frame.Reset, true);
    }

    static WordToLose resetAlone(EndRole end) {
        return new WordToLose(end, frame -> frame instanceof Frame.Reset, false);
    }
}
