package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.caller.Caller;
import io.bascule.api.naming.Names;
import io.bascule.api.revisions.Revision;
import io.bascule.service.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Looks up a webhook of the caller's workspace by id or name; another workspace's does not exist. */
@Component
class FindWebhook {

    private final JdbcWebhooks webhooks;

    FindWebhook(JdbcWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    Webhook require(Caller caller, String idOrName) {
        return Names.asId(idOrName)
                .map(id -> webhooks.find(caller.workspace(), id))
                .orElseGet(() -> webhooks.find(caller.workspace(), idOrName))
                .orElseThrow(() -> unknown(idOrName));
    }

    /** Until the caller's transaction ends nobody else changes it. */
    Webhook lock(Caller caller, String idOrName) {
        return webhooks.lock(caller.workspace(), require(caller, idOrName).id()).orElseThrow(() -> unknown(idOrName));
    }

    /** Deliveries do not change it, unless they disable the webhook. */
    static Revision revision(Webhook webhook) {
        return new Revision(webhook.version());
    }

    static Target target(Webhook webhook) {
        return new Target("webhook", webhook.id().toString(), webhook.name());
    }

    private static ProblemException unknown(String idOrName) {
        return new ProblemException(
                WebhookProblem.WEBHOOK_NOT_FOUND,
                "No webhook of this workspace has the id or name %s".formatted(Names.shown(idOrName)));
    }
}
