package io.bascule.api.caller;

/** What a member may do in a workspace; each role includes those after it. */
public enum Role {
    /** Manages users and their roles. */
    OWNER,
    /** Manages agents, resources, queues, schedules and reads the audit log. */
    ADMIN,
    /** Opens tunnels and submits tasks. */
    OPERATOR,
    /** Reads. */
    VIEWER;

    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
