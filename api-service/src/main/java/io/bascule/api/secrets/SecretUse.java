package io.bascule.api.secrets;

import io.bascule.tasks.secret.SecretReferences;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running task may read: the secrets that its input refers to; for a function those that its version declares. */
@Repository
class SecretUse {

    private static final String FUNCTION = "code.run";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SecretUse(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A task that runs.
     *
     * @param secrets the names of those it may read
     */
    record Running(UUID workspace, UUID submitter, Set<String> secrets) {}

    /** Empty unless the task runs at this moment in just this attempt. */
    Optional<Running> find(UUID task, int attempt) {
        return jdbc.sql("""
                        select workspace_id, submitted_by, type, input from task_live
                        where id = :task and attempt = :attempt and state = 'running'
                        """)
                .param("task", task)
                .param("attempt", attempt)
                .query((row, _) -> {
                    UUID workspace = row.getObject("workspace_id", UUID.class);
                    JsonNode input = json.readTree(row.getString("input"));
                    Set<String> secrets = row.getString("type").equals(FUNCTION)
                            ? declared(workspace, input)
                            : SecretReferences.in(input);
                    return new Running(workspace, row.getObject("submitted_by", UUID.class), secrets);
                })
                .optional();
    }

    private Set<String> declared(UUID workspace, JsonNode input) {
        return Set.copyOf(jdbc.sql("""
                        select unnest(v.secrets) as name
                        from functions f join function_versions v on v.function_id = f.id
                          and v.version = case when :version = 0 then (select a.version from current_function_aliases a
                            where a.function_id = f.id and a.name = :alias) else :version end
                        where f.workspace_id = :workspace and f.name = :name
                        """)
                .param("workspace", workspace)
                .param("name", input.path("function").asString(""))
                .param("version", input.path("version").asInt(0))
                .param("alias", input.path("alias").asString("live"))
                .query((row, _) -> row.getString("name"))
                .list());
    }
}
