package io.bascule.api.workspaces;

import io.bascule.api.caller.Role;
import io.bascule.api.workspaces.WorkspaceController.Workspace;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workspaces in PostgreSQL. */
@Component
class Workspaces {

    private final JdbcClient jdbc;

    Workspaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those the user is a member of, by name. */
    List<Workspace> of(UUID user) {
        return jdbc.sql("""
                        select w.id, w.name, m.role, w.created_at
                        from memberships m join workspaces w on w.id = m.workspace_id
                        where m.user_id = :user order by w.name
                        """)
                .param("user", user)
                .query((row, _) -> new Workspace(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Role.of(row.getString("role")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
