package io.bascule.api.secrets;

import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.revisions.Revision;
import java.time.Instant;
import java.util.UUID;

/**
 * A secret without its value.
 *
 * @param version grows with every new value
 * @param updatedBy name of the user who set this value
 */
record Secret(UUID id, String name, long version, Instant createdAt, Instant updatedAt, String updatedBy) {

    Revision revision() {
        return new Revision(version);
    }

    Target asTarget() {
        return new Target("secret", id.toString(), name);
    }
}
