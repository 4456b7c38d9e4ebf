package io.bascule.bridge.pairing;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;

/** Something that happens to a tunnel at this bridge. */
public sealed interface Occurrence {

    /** A leg whose ticket is good asks to be paired. */
    record Attaching(EndRole role, LegId leg, long epoch) implements Occurrence {}

    /** The agent cannot or will not come for this epoch. */
    record AgentRefusing(long epoch, ResetCode code, String text) implements Occurrence {}

    /** A leg ended in order: its end needs it no longer. */
    record Leaving(LegId leg) implements Occurrence {}

    /** A leg ended because its end goes on over another bridge. */
    record Moving(LegId leg) implements Occurrence {}

    /** A leg broke. */
    record Breaking(LegId leg) implements Occurrence {}

    /** The bridge ends the tunnel, say because the API told it to. */
    record Resetting(ResetCode code, String text) implements Occurrence {}

    /** Time has passed. */
    record TimePassing() implements Occurrence {}
}
