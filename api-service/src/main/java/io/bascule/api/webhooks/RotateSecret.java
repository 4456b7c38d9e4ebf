package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.webhooks.CreateWebhook.Created;
import io.bascule.api.webhooks.delivery.SigningSecret;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a webhook a new secret; the present one signs beside it for a while. */
@Component
class RotateSecret {

    private final JdbcWebhooks webhooks;
    private final FindWebhook find;
    private final WebhookSeal seal;
    private final AuditLog audit;

    RotateSecret(JdbcWebhooks webhooks, FindWebhook find, WebhookSeal seal, AuditLog audit) {
        this.webhooks = webhooks;
        this.find = find;
        this.seal = seal;
        this.audit = audit;
    }

    @Transactional
    Created rotate(Caller caller, String idOrName, Duration overlap) {
        caller.require(Role.ADMIN);
        Webhook webhook = find.lock(caller, idOrName);
        SigningSecret secret = SigningSecret.generate();
        webhooks.rotate(webhook, seal.seal(secret.key(), webhook.id()), overlap);
        audit.record(AuditEvent.allowed(caller, "webhook.rotate-secret", FindWebhook.target(webhook)));
        return new Created(find.require(caller, webhook.id().toString()), secret);
    }
}
