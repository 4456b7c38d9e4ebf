package io.bascule.api.functions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.functions.JdbcAliases.Held;
import io.bascule.api.revisions.Revision;
import io.bascule.service.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Points an alias to a version. What runs goes on with its own; attempts that begin from then on get this one. */
@Component
class PutAlias {

    private static final int MOST = 20;

    private final JdbcAliases aliases;
    private final AuditLog audit;

    PutAlias(JdbcAliases aliases, AuditLog audit) {
        this.aliases = aliases;
        this.audit = audit;
    }

    /** The alias as it is then. */
    @Transactional
    Alias put(Caller caller, String function, String name, @Nullable String ifMatch, WantedAlias wanted) {
        caller.require(Role.ADMIN);
        Held held = aliases.hold(caller.workspace(), function).orElseThrow(() -> FindFunction.unknown(function));
        int version = wanted.check(name, held.newestVersion());
        Optional<Alias> before = aliases.find(caller.workspace(), function, name);
        before.ifPresentOrElse(
                alias -> alias.revision().requireMatch(ifMatch), () -> requireNew(held, function, ifMatch));
        aliases.point(held, name, version, caller.user());
        Alias after = aliases.find(caller.workspace(), function, name).orElseThrow();
        record(caller, function, before, after);
        return after;
    }

    /** Whoever names a revision has seen one, so it was removed meanwhile. */
    private void requireNew(Held held, String function, @Nullable String ifMatch) {
        if (ifMatch != null) {
            throw Revision.outdated();
        }
        if (aliases.count(held.function()) >= MOST) {
            throw new ProblemException(
                    FunctionProblem.TOO_MANY_ALIASES,
                    "Function %s has %d aliases, which is the most; remove one, or point one of them to this version"
                            .formatted(function, MOST));
        }
    }

    private void record(Caller caller, String function, Optional<Alias> before, Alias after) {
        Map<String, String> details =
                new TreeMap<>(Map.of("alias", after.name(), "version", Integer.toString(after.version())));
        before.ifPresent(alias -> details.put("from", Integer.toString(alias.version())));
        var target = new Target("function", after.function().toString(), function);
        String action = before.isPresent() ? "function.alias.update" : "function.alias.create";
        audit.record(AuditEvent.allowed(caller, action, target).with(details));
    }
}
