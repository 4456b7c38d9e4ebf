package io.bascule.api.tunnels;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells of tunnels in the outbox, as they are on record at that moment. Uses the caller's transaction, the one that puts them on
 * record: what is written down once is told once.
 */
@Component
class TunnelEvents {

    private final JdbcClient jdbc;

    TunnelEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void opened(UUID tunnel) {
        tell("opened", tunnel, null, null);
    }

    /** Its ends have met on another bridge than before. */
    void moved(UUID tunnel) {
        tell("moved", tunnel, null, null);
    }

    /**
     * It is over.
     *
     * @param code of its reset, or 0 when both ends were done
     * @param text that came with the reset
     */
    void closed(UUID tunnel, int code, String text) {
        tell("closed", tunnel, code, text);
    }

    private void tell(String what, UUID tunnel, @Nullable Integer code, @Nullable String text) {
        jdbc.sql("""
                        insert into event_outbox (workspace_id, type, subject, data)
                        select workspace_id, :type, id::text, json_strip_nulls(json_build_object(
                            'resource', json_build_object('id', resource_id, 'name', resource_name, 'kind', resource_kind),
                            'agent', json_build_object('id', agent_id, 'name', agent_name),
                            'user', json_build_object('id', user_id, 'name', username),
                            'task', task_id,
                            'bridge', bridge_id,
                            'epoch', epoch,
                            'bytesFromClient', case when closed_at is not null then bytes_from_client end,
                            'bytesFromAgent', case when closed_at is not null then bytes_from_agent end,
                            'code', :code::integer,
                            'text', nullif(:text::text, '')))
                        from tunnels where id = :id
                        """)
                .param("id", tunnel)
                .param("type", "io.bascule.tunnel." + what)
                .param("code", code)
                .param("text", text)
                .update();
    }
}
