package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Names;
import io.bascule.api.naming.NewId;
import io.bascule.api.webhooks.JdbcDeliveries.Owner.OfWebhook;
import io.bascule.events.CloudEvent;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has an event sent because somebody asks for it: one that was sent before, or one that only says that the webhook works. */
@Component
class RequestDelivery {

    private static final String PING = "io.bascule.webhook.ping";

    private final JdbcDeliveries deliveries;
    private final FindWebhook find;
    private final NewId ids;
    private final InstantSource clock;
    private final AuditLog audit;

    RequestDelivery(JdbcDeliveries deliveries, FindWebhook find, NewId ids, InstantSource clock, AuditLog audit) {
        this.deliveries = deliveries;
        this.find = find;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
    }

    @Transactional
    Delivery ping(Caller caller, String idOrName) {
        caller.require(Role.ADMIN);
        Webhook webhook = requireEnabled(find.lock(caller, idOrName));
        String data = "{\"webhook\":\"%s\"}".formatted(webhook.name());
        var event = new CloudEvent(
                "ping-" + ids.next(), PING, webhook.id().toString(), clock.instant(), webhook.workspace(), data);
        UUID delivery = deliveries.add(webhook.id(), event);
        audit.record(AuditEvent.allowed(caller, "webhook.test", FindWebhook.target(webhook)));
        return require(webhook, delivery.toString());
    }

    @Transactional
    Delivery again(Caller caller, String idOrName, String id) {
        caller.require(Role.ADMIN);
        Webhook webhook = requireEnabled(find.lock(caller, idOrName));
        Delivery delivery = require(webhook, id);
        deliveries.again(new OfWebhook(webhook.id()), delivery.id());
        audit.record(AuditEvent.allowed(caller, "webhook.redeliver", FindWebhook.target(webhook))
                .with(Map.of("delivery", id)));
        return require(webhook, id);
    }

    Delivery require(Webhook webhook, String id) {
        return Names.asId(id)
                .flatMap(known -> deliveries.find(new OfWebhook(webhook.id()), known))
                .orElseThrow(() -> new ProblemException(
                        WebhookProblem.DELIVERY_NOT_FOUND,
                        "Webhook %s has no delivery %s".formatted(webhook.name(), Names.shown(id))));
    }

    private static Webhook requireEnabled(Webhook webhook) {
        if (webhook.standing().disabledAt() != null) {
            throw new ProblemException(
                    WebhookProblem.WEBHOOK_DISABLED,
                    "Webhook %s is disabled; enable it first".formatted(webhook.name()));
        }
        return webhook;
    }
}
