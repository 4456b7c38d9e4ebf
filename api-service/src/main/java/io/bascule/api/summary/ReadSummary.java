package io.bascule.api.summary;

import io.bascule.api.agents.CountAgents;
import io.bascule.api.summary.Summary.Agents;
import io.bascule.api.summary.Summary.Schedules;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what a workspace holds. */
@Component
class ReadSummary {

    private static final String COUNTS = """
            select (select count(*) from resources where workspace_id = :workspace) as resources,
                exists (select from tunnels where workspace_id = :workspace) as had_tunnel,
                count(*) filter (where paused_at is null) as schedules_on,
                count(*) filter (where paused_at is not null) as schedules_paused
            from schedules where workspace_id = :workspace""";

    private final CountAgents agents;
    private final JdbcClient jdbc;

    ReadSummary(CountAgents agents, JdbcClient jdbc) {
        this.agents = agents;
        this.jdbc = jdbc;
    }

    Summary read(UUID workspace) {
        var counted = Agents.of(agents.count(workspace));
        return jdbc.sql(COUNTS)
                .param("workspace", workspace)
                .query((row, number) -> new Summary(
                        counted,
                        row.getInt("resources"),
                        new Schedules(row.getInt("schedules_on"), row.getInt("schedules_paused")),
                        row.getBoolean("had_tunnel")))
                .single();
    }
}
