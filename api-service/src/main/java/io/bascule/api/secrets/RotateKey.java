package io.bascule.api.secrets;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.WorkspaceKeys;
import io.bascule.api.keys.WorkspaceKeys.Replaced;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a workspace a new key and seals all its secrets anew under it, in one transaction: readers see all of it or nothing.
 * What was sealed under the earlier key, in a backup for instance, opens with that backup's row of the key only.
 */
@Component
class RotateKey {

    private static final int BATCH = 50;

    private final JdbcSecrets secrets;
    private final WorkspaceKeys keys;
    private final AuditLog audit;

    RotateKey(JdbcSecrets secrets, WorkspaceKeys keys, AuditLog audit) {
        this.secrets = secrets;
        this.keys = keys;
        this.audit = audit;
    }

    /** @return how many secrets are under the new key */
    @Transactional
    int rotate(Caller caller) {
        caller.require(Role.OWNER);
        int resealed = keys.replace(caller.workspace())
                .map(replaced -> resealAll(caller.workspace(), replaced))
                .orElse(0);
        var target = new Target("workspace", caller.workspace().toString(), caller.workspaceName());
        audit.record(AuditEvent.allowed(caller, "secret.rotate-key", target)
                .with(Map.of("secrets", Integer.toString(resealed))));
        return resealed;
    }

    private int resealAll(UUID workspace, Replaced keys) {
        int all = 0;
        List<SealedSecret> some = secrets.sealed(workspace, "", BATCH);
        while (!some.isEmpty()) {
            some.forEach(secret -> reseal(secret, keys));
            all += some.size();
            some = secrets.sealed(workspace, some.getLast().name(), BATCH);
        }
        return all;
    }

    private void reseal(SealedSecret secret, Replaced keys) {
        SealedSecret sealed = secret.resealed(keys.before(), keys.after())
                .orElseThrow(() -> new ProblemException(
                        SecretProblem.SECRET_UNREADABLE,
                        "The secret %s does not open; set or remove it first".formatted(secret.name())));
        secrets.reseal(sealed);
    }
}
