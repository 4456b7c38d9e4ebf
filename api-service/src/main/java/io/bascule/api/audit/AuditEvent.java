package io.bascule.api.audit;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log; its id and time are given when it is recorded.
 *
 * @param workspace null where none is known, as for a sign-in with an unknown name
 * @param action {@code noun.verb}, such as {@code tunnel.open}
 * @param details a few short facts; never a secret
 */
public record AuditEvent(
        @Nullable UUID workspace,
        Actor actor,
        RequestOrigin origin,
        String action,
        Target target,
        Outcome outcome,
        Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }

    /** What a signed-in user was allowed to do. */
    public static AuditEvent allowed(Caller caller, String action, Target target) {
        return of(caller, action, target, Outcome.ALLOWED);
    }

    /** What a signed-in user was refused. */
    public static AuditEvent denied(Caller caller, String action, Target target) {
        return of(caller, action, target, Outcome.DENIED);
    }

    private static AuditEvent of(Caller caller, String action, Target target, Outcome outcome) {
        Actor actor = new Actor(Actor.Kind.USER, caller.user().toString(), caller.username());
        return new AuditEvent(caller.workspace(), actor, caller.origin(), action, target, outcome, Map.of());
    }

    public AuditEvent with(Map<String, String> details) {
        return new AuditEvent(workspace, actor, origin, action, target, outcome, details);
    }

    /** How it ended. */
    public enum Outcome {
        ALLOWED,
        DENIED,
        FAILED
    }

    /** Who did it. */
    public record Actor(Kind kind, String id, String name) {

        /** What kind of actor. */
        public enum Kind {
            USER,
            AGENT,
            SERVICE,
            ANONYMOUS
        }
    }

    /** What it was done to: a kind from our vocabulary, its id and its name at that time. */
    public record Target(String kind, String id, String name) {}
}
