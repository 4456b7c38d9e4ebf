package io.bascule.api.functions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a function with all its versions. What runs goes on; a task that begins later finds no function. */
@Component
class DeleteFunction {

    private final JdbcFunctions functions;
    private final AuditLog audit;

    DeleteFunction(JdbcFunctions functions, AuditLog audit) {
        this.functions = functions;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String name) {
        caller.require(Role.ADMIN);
        UUID removed = functions.delete(caller.workspace(), name).orElseThrow(() -> FindFunction.unknown(name));
        audit.record(AuditEvent.allowed(caller, "function.delete", new Target("function", removed.toString(), name)));
    }
}
