package io.bascule.api.identity.users;

import io.bascule.api.caller.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roles of users who are not disabled. */
@Component
public class Memberships {

    private static final String SELECT = """
            select w.id as workspace_id, w.name as workspace_name, u.id as user_id, u.username, m.role
            from memberships m
            join users u on u.id = m.user_id and u.disabled_at is null
            join workspaces w on w.id = m.workspace_id
            where m.user_id = :user
            """;

    private final JdbcClient jdbc;

    Memberships(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the user is in this workspace; empty if no member or disabled. */
    public Optional<Membership> find(UUID user, UUID workspace) {
        return jdbc.sql(SELECT + "and m.workspace_id = :workspace")
                .param("user", user)
                .param("workspace", workspace)
                .query(Memberships::read)
                .optional();
    }

    /** The workspace a user enters when none is named: the one called {@code default}, or the first by name. */
    public Optional<Membership> findFirst(UUID user) {
        return jdbc.sql(SELECT + "order by (w.name = 'default') desc, w.name limit 1")
                .param("user", user)
                .query(Memberships::read)
                .optional();
    }

    private static Membership read(ResultSet row, int number) throws SQLException {
        return new Membership(
                row.getObject("workspace_id", UUID.class),
                row.getString("workspace_name"),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                Role.of(row.getString("role")),
                null);
    }
}
