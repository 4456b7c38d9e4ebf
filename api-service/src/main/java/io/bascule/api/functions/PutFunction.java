package io.bascule.api.functions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.functions.JdbcFunctions.Counted;
import io.bascule.api.workspaces.WorkspaceBounds;
import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a function, or a new version of it. */
@Component
class PutFunction {

    private final JdbcFunctions functions;
    private final FindFunction findFunction;
    private final AuditLog audit;
    private final WorkspaceBounds bounds;
    private final BundleRoom bundleRoom;
    private final JdbcAliases aliases;

    PutFunction(
            JdbcFunctions functions,
            FindFunction findFunction,
            AuditLog audit,
            WorkspaceBounds bounds,
            BundleRoom bundleRoom,
            JdbcAliases aliases) {
        this.functions = functions;
        this.findFunction = findFunction;
        this.audit = audit;
        this.bounds = bounds;
        this.bundleRoom = bundleRoom;
        this.aliases = aliases;
    }

    @Transactional
    FunctionView create(Caller caller, WantedFunction wanted) {
        caller.require(Role.ADMIN);
        WantedVersion.Checked version = wanted.check();
        String name = Objects.requireNonNull(wanted.name());
        bounds.requireRoom(caller, Bounded.FUNCTIONS);
        UUID function = functions
                .insert(caller.workspace(), name, wanted.runtimeOrDefault())
                .orElseThrow(() -> taken(name));
        return store(caller, name, new Counted(function, 1), version, "function.create");
    }

    @Transactional
    FunctionView addVersion(Caller caller, String name, WantedVersion wanted) {
        caller.require(Role.ADMIN);
        String runtime = functions.runtime(caller.workspace(), name).orElseThrow(() -> FindFunction.unknown(name));
        WantedVersion.Checked version = wanted.check(runtime, List.of());
        Counted counted =
                functions.countVersion(caller.workspace(), name).orElseThrow(() -> FindFunction.unknown(name));
        if (wanted.isHeldBack()) {
            aliases.holdLiveBack(counted, caller.user());
        }
        return store(caller, name, counted, version, "function.version.create");
    }

    private FunctionView store(
            Caller caller, String name, Counted counted, WantedVersion.Checked version, String action) {
        bundleRoom.require(caller, version.code());
        functions.insertVersion(counted, version, caller.user());
        var target = new Target("function", counted.function().toString(), name);
        FunctionView stored = findFunction.find(caller.workspace(), name, counted.version());
        audit.record(AuditEvent.allowed(caller, action, target)
                .with(Map.of(
                        "version", Integer.toString(counted.version()),
                        "live", Integer.toString(stored.liveVersion()))));
        return stored;
    }

    private static ProblemException taken(String name) {
        return new ProblemException(
                FunctionProblem.FUNCTION_NAME_TAKEN,
                "There is a function %s already; add a version to it, or choose another name".formatted(name));
    }
}
