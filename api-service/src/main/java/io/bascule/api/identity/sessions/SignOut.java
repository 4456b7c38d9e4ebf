package io.bascule.api.identity.sessions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import org.springframework.stereotype.Component;

/** Records that a user ended their session. */
@Component
class SignOut {

    private final AuditLog audit;

    SignOut(AuditLog audit) {
        this.audit = audit;
    }

    void signOut(Caller caller) {
        Target target = new Target("user", caller.user().toString(), caller.username());
        audit.record(AuditEvent.allowed(caller, "session.delete", target));
    }
}
