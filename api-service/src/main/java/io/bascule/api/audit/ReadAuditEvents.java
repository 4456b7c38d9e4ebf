package io.bascule.api.audit;

import io.bascule.api.audit.RecordedEvent.Party;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.HomeWorkspace;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.replica.LongReads;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads a workspace's events, newest first. What belongs to no workspace (strangers at the door) shows in the home one. */
@Component
class ReadAuditEvents {

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};
    private static final String FILTERED = """
            (select * from audit_events
             where workspace_id %s
               and (cast(:action as text) is null or action = :action)
               and (cast(:actor as text) is null or actor_name = :actor)
               and (cast(:after as uuid) is null or id < :after)
             order by id desc limit :count)
            """;
    private static final String OWN = FILTERED.formatted("= :workspace");
    private static final String OWN_AND_NOBODYS =
            "select * from (" + OWN + " union all " + FILTERED.formatted("is null") + ") both_kinds";

    private final LongReads reads;
    private final JsonMapper json;

    ReadAuditEvents(LongReads reads, JsonMapper json) {
        this.reads = reads;
        this.json = json;
    }

    /**
     * Which events are wanted.
     *
     * @param action such as {@code tunnel.open}; null for all
     * @param actor the name of who did it; null for all
     */
    record Filter(@Nullable String action, @Nullable String actor) {}

    Page<RecordedEvent> read(Caller caller, Filter filter, PageRequest request) {
        caller.require(Role.ADMIN);
        String source = HomeWorkspace.isOf(caller) ? OWN_AND_NOBODYS : "select * from " + OWN + " own";
        UUID after = request.position().map(ReadAuditEvents::id).orElse(null);
        var found = reads.read(database -> database.sql(source + " order by id desc limit :count")
                .param("workspace", caller.workspace())
                .param("action", filter.action())
                .param("actor", filter.actor())
                .param("after", after)
                .param("count", request.fetch())
                .query(this::event)
                .list());
        return Page.cut(found, request, event -> event.id().toString());
    }

    private static UUID id(String position) {
        try {
            return UUID.fromString(position);
        } catch (IllegalArgumentException notOurs) {
            throw new ProblemException(
                    CommonProblem.INVALID_INPUT, "cursor: take it from the `next` of the page before, unchanged");
        }
    }

    private RecordedEvent event(ResultSet row, int number) throws SQLException {
        Party actor = new Party(row.getString("actor_kind"), row.getString("actor_id"), row.getString("actor_name"));
        String targetKind = row.getString("target_kind");
        return new RecordedEvent(
                row.getObject("id", UUID.class),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                actor,
                row.getString("address"),
                row.getString("action"),
                targetKind == null
                        ? null
                        : new Party(targetKind, row.getString("target_id"), row.getString("target_name")),
                row.getString("outcome"),
                row.getString("request_id"),
                json.readValue(row.getString("details"), DETAILS));
    }
}
