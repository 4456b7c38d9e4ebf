package io.bascule.tunnel.client;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamState.Origin;

/** How a tunnel ended, as seen from one end. */
public sealed interface TunnelOutcome {

    /** Both directions were closed in order and everything was delivered to both sides. */
    record Finished(long bytesSent, long bytesReceived) implements TunnelOutcome {}

    /** One of the ends, or a bridge in its place, ended it; the local connection was reset. */
    record Reset(ResetCode code, String text, Origin origin) implements TunnelOutcome {}

    /** No bridge let this end in, so no byte was carried; status and text are the bridge's that said most. */
    record Refused(AttachStatus status, String text) implements TunnelOutcome {}

    /** No bridge could be reached, or the way was lost and none replaced it; the local connection was reset. */
    record Lost(String text) implements TunnelOutcome {}
}
