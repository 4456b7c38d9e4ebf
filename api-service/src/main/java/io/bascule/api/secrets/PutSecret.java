package io.bascule.api.secrets;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.WorkspaceKey;
import io.bascule.api.keys.WorkspaceKeys;
import io.bascule.api.revisions.Revision;
import io.bascule.api.workspaces.WorkspaceBounds;
import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a secret, or gives it a new value; the value before is gone then. */
@Component
class PutSecret {

    private final JdbcSecrets secrets;
    private final WorkspaceKeys keys;
    private final WorkspaceBounds bounds;
    private final AuditLog audit;

    PutSecret(JdbcSecrets secrets, WorkspaceKeys keys, WorkspaceBounds bounds, AuditLog audit) {
        this.secrets = secrets;
        this.keys = keys;
        this.bounds = bounds;
        this.audit = audit;
    }

    /** The secret as it is then; one in version 1 is new. */
    @Transactional
    Secret put(Caller caller, String name, @Nullable String ifMatch, WantedSecret wanted) {
        caller.require(Role.ADMIN);
        byte[] value = wanted.check(name);
        WorkspaceKey key = keys.holdOrCreate(caller.workspace());
        Optional<Secret> before = secrets.lock(caller.workspace(), name);
        if (before.isPresent()) {
            change(caller, before.get(), ifMatch, key, value);
        } else {
            create(caller, name, ifMatch, key, value);
        }
        Secret after = secrets.find(caller.workspace(), name).orElseThrow();
        audit.record(
                AuditEvent.allowed(caller, before.isPresent() ? "secret.update" : "secret.create", after.asTarget())
                        .with(Map.of("version", Long.toString(after.version()))));
        return after;
    }

    private void change(Caller caller, Secret before, @Nullable String ifMatch, WorkspaceKey key, byte[] value) {
        before.revision().requireMatch(ifMatch);
        long version = before.version() + 1;
        secrets.update(SealedSecret.seal(key, caller.workspace(), before.name(), version, value), caller.user());
    }

    /** Whoever names a revision has seen one, so it was removed meanwhile. */
    private void create(Caller caller, String name, @Nullable String ifMatch, WorkspaceKey key, byte[] value) {
        if (ifMatch != null) {
            throw Revision.outdated();
        }
        bounds.requireRoom(caller, Bounded.SECRETS);
        var secret = SealedSecret.seal(key, caller.workspace(), name, 1, value);
        if (!secrets.insert(secret, caller.user())) {
            new Revision(1).requireMatch(null);
        }
    }
}
