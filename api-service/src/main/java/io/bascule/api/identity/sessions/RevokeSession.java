package io.bascule.api.identity.sessions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.service.problem.ProblemException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ends one of the caller's sessions, wherever it is open; recorded before it happens. */
@Component
class RevokeSession {

    private final OpenSessions sessions;
    private final AuditLog audit;

    RevokeSession(OpenSessions sessions, AuditLog audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    void revoke(Caller caller, String id) {
        var open = sessions.find(caller.user(), id)
                .orElseThrow(() -> new ProblemException(
                        SessionProblem.SESSION_NOT_FOUND, "You have no open session with the id " + id));
        Target target = new Target("session", id, caller.username());
        audit.record(AuditEvent.allowed(caller, "session.delete", target)
                .with(Map.of("address", open.beginning().address())));
        sessions.end(caller.user(), open);
    }
}
