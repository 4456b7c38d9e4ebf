package io.bascule.api.webhooks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.webhooks.JdbcDeliveries.Owner.OfCallbacks;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells of a task's end again, whatever became of the delivery: the same event under the same id. */
@Component
class RedeliverCallback {

    private final FindCallback find;
    private final JdbcDeliveries deliveries;
    private final AuditLog audit;

    RedeliverCallback(FindCallback find, JdbcDeliveries deliveries, AuditLog audit) {
        this.find = find;
        this.deliveries = deliveries;
        this.audit = audit;
    }

    @Transactional
    Delivery redeliver(Caller caller, String id) {
        caller.require(Role.OPERATOR);
        Delivery delivery = find.delivery(caller, id);
        deliveries.again(new OfCallbacks(caller.workspace()), delivery.id());
        var task = new Target("task", String.valueOf(delivery.task()), delivery.eventType());
        audit.record(AuditEvent.allowed(caller, "callback.redeliver", task).with(Map.of("delivery", id)));
        return find.delivery(caller, id);
    }
}
