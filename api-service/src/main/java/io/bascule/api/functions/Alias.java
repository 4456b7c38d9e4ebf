package io.bascule.api.functions;

import io.bascule.api.revisions.Revision;
import java.time.Instant;
import java.util.UUID;

/**
 * A name that stands for one version of a function, until it is pointed to another.
 *
 * @param revision grows with every change; that of {@link #LIVE} with every new version, too
 * @param updatedBy name of the user who made it stand for this version
 */
record Alias(UUID function, String name, int version, Revision revision, Instant updatedAt, String updatedBy) {

    /** What runs where no version is named. Every function has it; it follows the newest version until it is held back. */
    static final String LIVE = "live";

    boolean isNew() {
        return revision.number() == 1;
    }
}
