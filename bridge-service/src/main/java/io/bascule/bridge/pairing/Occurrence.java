package io.bascule.bridge.pairing;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;

/** Something that happens to a tunnel at this bridge. */
public sealed interface Occurrence {

    /**
     * A leg whose ticket is good asks to be paired.
     *
     * @param again whether its ends have met before, so that only the agent instance that carries the tunnel is wanted
     */
    record Attaching(EndRole role, LegId leg, long epoch, boolean again) implements Occurrence {}

    /** The agent cannot or will not come for this epoch. */
    record AgentRefusing(long epoch, ResetCode code, String text) implements Occurrence {}

    /** No instance of the agent is connected here, or none of those that are carries the tunnel. */
    record AgentMissing(long epoch, String text) implements Occurrence {}

    /** A leg ended in order: its end needs it no longer. */
    record Leaving(LegId leg) implements Occurrence {}

    /** A leg ended because its end goes on over another bridge. */
    record Moving(LegId leg) implements Occurrence {}

    /** The bridge stops and its time is over: the tunnel has to go on elsewhere. */
    record Abandoning(String text) implements Occurrence {}

    /** A leg broke. */
    record Breaking(LegId leg) implements Occurrence {}

    /** The bridge ends the tunnel, say because the API told it to. */
    record Resetting(ResetCode code, String text) implements Occurrence {}

    /** Time has passed. */
    record TimePassing() implements Occurrence {}
}
