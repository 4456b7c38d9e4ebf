package io.bascule.api.functions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.functions.JdbcAliases.Held;
import io.bascule.service.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes an alias. Attempts that begin later and name it fail; its version stays. */
@Component
class DeleteAlias {

    private final JdbcAliases aliases;
    private final AuditLog audit;

    DeleteAlias(JdbcAliases aliases, AuditLog audit) {
        this.aliases = aliases;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String function, String name, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Held held = aliases.hold(caller.workspace(), function).orElseThrow(() -> FindFunction.unknown(function));
        Alias alias =
                aliases.find(caller.workspace(), function, name).orElseThrow(() -> FindAlias.unknown(function, name));
        if (name.equals(Alias.LIVE)) {
            throw new ProblemException(
                    FunctionProblem.LIVE_ALIAS_STAYS, "Point live to another version, or delete function " + function);
        }
        alias.revision().requireMatch(ifMatch);
        aliases.delete(held.function(), name);
        var target = new Target("function", held.function().toString(), function);
        audit.record(AuditEvent.allowed(caller, "function.alias.delete", target)
                .with(Map.of("alias", name, "version", Integer.toString(alias.version()))));
    }
}
