package io.bascule.api.secrets;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a secret. A task that has read it goes on; one that reads it later fails and names it. */
@Component
class DeleteSecret {

    private final JdbcSecrets secrets;
    private final AuditLog audit;

    DeleteSecret(JdbcSecrets secrets, AuditLog audit) {
        this.secrets = secrets;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String name, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Secret secret = secrets.lock(caller.workspace(), name)
                .orElseThrow(() -> SecretProblem.unknown(caller.workspaceName(), name));
        secret.revision().requireMatch(ifMatch);
        secrets.delete(secret.id());
        audit.record(AuditEvent.allowed(caller, "secret.delete", secret.asTarget()));
    }
}
