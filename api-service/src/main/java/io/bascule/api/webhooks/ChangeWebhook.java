package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.api.webhooks.delivery.WebhookAddresses;
import io.bascule.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a webhook new settings, or removes it with its deliveries. Its secret stays. */
@Component
class ChangeWebhook {

    private final JdbcWebhooks webhooks;
    private final FindWebhook find;
    private final WebhookAddresses addresses;
    private final AuditLog audit;

    ChangeWebhook(JdbcWebhooks webhooks, FindWebhook find, WebhookAddresses addresses, AuditLog audit) {
        this.webhooks = webhooks;
        this.find = find;
        this.addresses = addresses;
        this.audit = audit;
    }

    @Transactional
    Webhook change(Caller caller, String idOrName, @Nullable String ifMatch, WantedWebhook wanted) {
        caller.require(Role.ADMIN);
        Settings settings = wanted.check(addresses.of(caller.workspaceName()));
        Webhook before = find.lock(caller, idOrName);
        FindWebhook.revision(before).requireMatch(ifMatch);
        boolean enabled = wanted.enabled() == null ? before.standing().disabledAt() == null : wanted.enabled();
        try {
            webhooks.update(before, settings, enabled);
        } catch (DuplicateKeyException taken) {
            throw taken(settings.name());
        }
        Webhook after = find.require(caller, before.id().toString());
        audit.record(AuditEvent.allowed(caller, "webhook.update", FindWebhook.target(after)));
        return after;
    }

    @Transactional
    void delete(Caller caller, String idOrName, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Webhook webhook = find.lock(caller, idOrName);
        FindWebhook.revision(webhook).requireMatch(ifMatch);
        webhooks.delete(caller.workspace(), webhook.id());
        audit.record(AuditEvent.allowed(caller, "webhook.delete", FindWebhook.target(webhook)));
    }

    static ProblemException taken(String name) {
        return new ProblemException(
                WebhookProblem.WEBHOOK_NAME_TAKEN,
                "There is a webhook %s already; choose another name".formatted(name));
    }
}
