package io.bascule.bridge.pairing;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.ResetCode;

/** What is to be done about an occurrence; steps are done in the order in which they were decided. */
public sealed interface Step {

    /** Ask an instance of the agent to attach with this epoch; all of them if one carries the tunnel already. */
    record CallAgent(long epoch, boolean again) implements Step {}

    /** Answer both with ATTACHED OK and forward between them from now on. */
    record Connect(long epoch, LegId client, LegId agent) implements Step {}

    /** Answer with ATTACHED and this status, then end the leg; one that is told BUSY may come again after a while. */
    record Refuse(LegId leg, AttachStatus status, String text) implements Step {}

    /** After what one leg has sent, tell the other that it left; what the other sends is still delivered to the one. */
    record Depart(LegId leaving, LegId remaining) implements Step {}

    /** Deliver to both legs what is held for them, then end them in order. */
    record EndBothAfterDelivery(LegId one, LegId other) implements Step {}

    /** End the leg in order, at once. */
    record Release(LegId leg) implements Step {}

    /** Ask the leg's end to go on elsewhere, and end the leg in order, at once. */
    record LetGo(LegId leg) implements Step {}

    /** Tell the leg that its peer's leg broke. */
    record TellPeerLost(LegId leg) implements Step {}

    /** Send RESET and end the leg. */
    record Reset(LegId leg, ResetCode code, String text) implements Step {}

    /** Deliver what is held for the leg, then end it in order. */
    record EndAfterDelivery(LegId leg) implements Step {}

    /** End the leg at once: a newer one takes its place. */
    record Replace(LegId leg) implements Step {}

    /** Account for the tunnel: it is over. */
    record Close(long epoch, ResetCode code, String text) implements Step {}

    /** Account for the tunnel: it is not here any more, and may go on elsewhere. */
    record Left(long epoch, String text) implements Step {}
}
