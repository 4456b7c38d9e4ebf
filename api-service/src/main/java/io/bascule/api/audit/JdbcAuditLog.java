package io.bascule.api.audit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
            select * from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
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
        recordAll(List.of(event));
    }

    /** One statement whatever their number. */
    @Override
    @Transactional
    public void recordAll(List<AuditEvent> events) {
        String now = clock.instant().toString();
        List<Object> columns = new ArrayList<>();
        columns.add(column(events, AuditEvent::workspace));
        columns.add(column(events, _ -> now));
        columns.add(column(events, event -> lowerCase(event.actor().kind())));
        columns.add(column(events, event -> event.actor().id()));
        columns.add(column(events, event -> event.actor().name()));
        columns.add(column(events, event -> event.origin().address()));
        columns.add(column(events, AuditEvent::action));
        columns.add(column(events, event -> event.target().kind()));
        columns.add(column(events, event -> event.target().id()));
        columns.add(column(events, event -> event.target().name()));
        columns.add(column(events, event -> lowerCase(event.outcome())));
        columns.add(column(events, event -> event.origin().requestId()));
        columns.add(column(events, event -> details(event.details())));
        jdbc.sql(INSERT).params(columns).update();
    }

    private String details(Map<String, String> details) {
        return details.isEmpty() ? "{}" : json.writeValueAsString(details);
    }

    private static @Nullable String[] column(List<AuditEvent> events, Function<AuditEvent, @Nullable Object> value) {
        @Nullable String[] texts = new String[events.size()];
        for (int row = 0; row < texts.length; row++) {
            Object one = value.apply(events.get(row));
            texts[row] = one == null ? null : one.toString();
        }
        return texts;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
