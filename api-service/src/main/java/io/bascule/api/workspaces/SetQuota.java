package io.bascule.api.workspaces;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.workspaces.QuotaController.Quota;
import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcQuotas;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and changes a workspace's quota; only its owner changes it. It is in effect for every claim that begins afterwards. */
@Component
class SetQuota {

    private final JdbcQuotas quotas;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;

    SetQuota(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction, TaskSignals signals) {
        this.quotas = new JdbcQuotas(jdbc);
        this.audit = audit;
        this.transaction = transaction;
        this.signals = signals;
    }

    Quota find(Caller caller) {
        caller.require(Role.VIEWER);
        return new Quota(quotas.find(caller.workspace()).orElse(null), quotas.running(caller.workspace()));
    }

    Quota set(Caller caller, @Nullable Integer queuedTasks) {
        caller.require(Role.OWNER);
        transaction.executeWithoutResult(_ -> {
            if (queuedTasks == null) {
                quotas.remove(caller.workspace());
            } else {
                quotas.set(caller.workspace(), queuedTasks);
            }
            var target = new Target("workspace", caller.workspace().toString(), caller.workspaceName());
            audit.record(AuditEvent.allowed(caller, "workspace.quota", target)
                    .with(Map.of("queuedTasks", queuedTasks == null ? "none" : queuedTasks.toString())));
        });
        signals.wake(Lane.QUEUED);
        return find(caller);
    }
}
