package io.bascule.api.audit;

import java.util.List;

/** Where decisions and changes are recorded. Implementations are safe for use by many threads. */
public interface AuditLog {

    /**
     * Records one event, in the caller's transaction when there is one: the change and its record commit together or not
     * at all. Fails rather than let something happen unrecorded.
     */
    void record(AuditEvent event);

    /** Records several events, in the caller's transaction when there is one; many cost little more than one. */
    default void recordAll(List<AuditEvent> events) {
        events.forEach(this::record);
    }
}
