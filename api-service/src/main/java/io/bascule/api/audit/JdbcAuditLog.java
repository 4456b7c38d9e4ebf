package io.bascule.api.audit;

import static java.time.ZoneOffset.UTC;

import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Target;
import java.time.InstantSource;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit log in PostgreSQL, which itself refuses any change of a written event. */
@Component
class JdbcAuditLog implements AuditLog {

    private static final String INSERT = """
            insert into audit_events (workspace_id, occurred_at, actor_kind, actor_id, actor_name, address, action,
                                      target_kind, target_id, target_name, outcome, request_id, details)
            values (:workspace, :occurredAt, :actorKind, :actorId, :actorName, :address, :action,
                    :targetKind, :targetId, :targetName, :outcome, :requestId, :details::jsonb)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    JdbcAuditLog(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void record(AuditEvent event) {
        Actor actor = event.actor();
        Target target = event.target();
        jdbc.sql(INSERT)
                .param("workspace", event.workspace())
                .param("occurredAt", clock.instant().atOffset(UTC))
                .param("actorKind", lowerCase(actor.kind()))
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("address", event.origin().address())
                .param("action", event.action())
                .param("targetKind", target.kind())
                .param("targetId", target.id())
                .param("targetName", target.name())
                .param("outcome", lowerCase(event.outcome()))
                .param("requestId", event.origin().requestId())
                .param("details", json.writeValueAsString(event.details()))
                .update();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
