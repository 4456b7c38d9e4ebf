package io.bascule.api.tunnels;

import io.bascule.api.caller.Role;
import io.bascule.api.naming.Labels;
import io.bascule.api.tunnels.AccessRule.Effect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The access rules in the database; read for every opening, so that a change counts at once. */
@Component
class AccessRuleStore {

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AccessRuleStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    AccessRules of(UUID workspace) {
        return new AccessRules(jdbc.sql("select effect, role, labels from access_rules where workspace_id = ?")
                .param(workspace)
                .query(this::read)
                .list());
    }

    private AccessRule read(ResultSet row, int number) throws SQLException {
        return new AccessRule(
                Effect.valueOf(row.getString("effect").toUpperCase(Locale.ROOT)),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                new Labels(json.readValue(row.getString("labels"), LABELS)));
    }
}
