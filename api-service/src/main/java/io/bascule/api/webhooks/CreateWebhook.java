package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.naming.NewId;
import io.bascule.api.webhooks.JdbcWebhooks.NewWebhook;
import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.api.webhooks.delivery.SigningSecret;
import io.bascule.api.webhooks.delivery.WebhookAddresses;
import io.bascule.api.workspaces.WorkspaceBounds;
import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a webhook with a secret of its own. */
@Component
class CreateWebhook {

    private final JdbcWebhooks webhooks;
    private final WebhookAddresses addresses;
    private final WebhookSeal seal;
    private final NewId ids;
    private final WorkspaceBounds bounds;
    private final AuditLog audit;

    CreateWebhook(
            JdbcWebhooks webhooks,
            WebhookAddresses addresses,
            WebhookSeal seal,
            NewId ids,
            WorkspaceBounds bounds,
            AuditLog audit) {
        this.webhooks = webhooks;
        this.addresses = addresses;
        this.seal = seal;
        this.ids = ids;
        this.bounds = bounds;
        this.audit = audit;
    }

    /** What was made, and the only sight of its secret. */
    record Created(Webhook webhook, SigningSecret secret) {}

    @Transactional
    Created create(Caller caller, WantedWebhook wanted) {
        caller.require(Role.ADMIN);
        Settings settings = wanted.check(addresses.of(caller.workspaceName()));
        bounds.requireRoom(caller, Bounded.WEBHOOKS);
        UUID id = ids.next();
        SigningSecret secret = SigningSecret.generate();
        boolean enabled = !Boolean.FALSE.equals(wanted.enabled());
        var webhook = new NewWebhook(id, caller.workspace(), settings, enabled, caller.user());
        if (!webhooks.insert(webhook, seal.seal(secret.key(), id))) {
            throw ChangeWebhook.taken(settings.name());
        }
        Webhook made = webhooks.find(caller.workspace(), id).orElseThrow();
        audit.record(AuditEvent.allowed(caller, "webhook.create", FindWebhook.target(made)));
        return new Created(made, secret);
    }
}
