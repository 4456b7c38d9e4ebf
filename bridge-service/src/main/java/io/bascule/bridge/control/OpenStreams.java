package io.bascule.bridge.control;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All control streams, also of those who have not said hello: bounds their number and pings them. */
final class OpenStreams {

    private final int bound;
    private final Set<AgentStream> streams = ConcurrentHashMap.newKeySet();

    OpenStreams(int bound) {
        this.bound = bound;
    }

    boolean add(AgentStream stream) {
        return streams.size() < bound && streams.add(stream);
    }

    void remove(AgentStream stream) {
        streams.remove(stream);
    }

    /** To be called every 20 s; ends streams that did not answer the last two times. */
    void pingAll() {
        streams.forEach(AgentStream::ping);
    }

    /** The fewest pings that any stream has left unanswered. */
    int fewestUnanswered() {
        return streams.stream().mapToInt(AgentStream::unanswered).min().orElse(0);
    }
}
