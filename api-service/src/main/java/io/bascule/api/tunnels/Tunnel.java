package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent.Target;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as it is on record.
 *
 * @param task on whose behalf it was opened, when it was opened for one
 * @param bridge the one it was given, later the one its ends met on
 * @param attachedAt when its ends first met; null until then
 */
record Tunnel(
        UUID id,
        UUID workspace,
        Named resource,
        String kind,
        Named agent,
        Named user,
        @Nullable UUID task,
        long epoch,
        String bridge,
        Instant openedAt,
        @Nullable Instant attachedAt) {

    /** Something by its id and the name it had then. */
    record Named(UUID id, String name) {}

    Target asTarget() {
        return new Target("tunnel", id.toString(), resource.name());
    }
}
