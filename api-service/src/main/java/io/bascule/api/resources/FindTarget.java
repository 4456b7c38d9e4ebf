package io.bascule.api.resources;

import io.bascule.api.naming.Labels;
import io.bascule.api.naming.Names;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks up where a tunnel goes: one query, since every opening waits for it. */
@Component
public class FindTarget {

    private static final String SELECT = """
            select r.id, r.name, r.kind, r.host, r.port, r.labels, a.id as agent, a.name as agent_name,
                   a.revoked_at is not null as agent_revoked
            from resources r join agents a on a.id = r.agent_id
            where r.workspace_id = :workspace and\s""";

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    FindTarget(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** By the resource's id or name; another workspace's does not exist. */
    public Optional<ResourceTarget> find(UUID workspace, String idOrName) {
        return Names.asId(idOrName)
                .map(id -> find(workspace, "r.id = :key", id))
                .orElseGet(() -> find(workspace, "r.name = :key", idOrName));
    }

    private Optional<ResourceTarget> find(UUID workspace, String condition, Object key) {
        return jdbc.sql(SELECT + condition)
                .param("workspace", workspace)
                .param("key", key)
                .query(this::read)
                .optional();
    }

    private ResourceTarget read(ResultSet row, int number) throws SQLException {
        return new ResourceTarget(
                row.getObject("id", UUID.class),
                row.getString("name"),
                ResourceKind.of(row.getString("kind")).orElseThrow(),
                row.getString("host"),
                row.getInt("port"),
                new Labels(json.readValue(row.getString("labels"), LABELS)),
                row.getObject("agent", UUID.class),
                row.getString("agent_name"),
                row.getBoolean("agent_revoked"));
    }
}
