package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.webhooks.delivery.SigningSecret;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a workspace the secret that signs its callbacks, its first or a new one. */
@Component
class RotateCallbackSecret {

    private final JdbcCallbacks callbacks;
    private final WebhookSeal seal;
    private final AuditLog audit;

    RotateCallbackSecret(JdbcCallbacks callbacks, WebhookSeal seal, AuditLog audit) {
        this.callbacks = callbacks;
        this.seal = seal;
        this.audit = audit;
    }

    /** @param overlap for so long the present one signs, too */
    @Transactional
    CallbackSecretView rotate(Caller caller, Duration overlap) {
        caller.require(Role.ADMIN);
        SigningSecret secret = SigningSecret.generate();
        callbacks.rotate(caller.workspace(), seal.seal(secret.key(), caller.workspace()), overlap);
        var target = new Target("workspace", caller.workspace().toString(), caller.workspaceName());
        audit.record(AuditEvent.allowed(caller, "callback.rotate-secret", target));
        return CallbackSecretView.of(callbacks.secret(caller.workspace()).orElseThrow(), secret);
    }
}
