package io.bascule.api.identity.users;

import static java.time.ZoneOffset.UTC;

import io.bascule.api.caller.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The users in PostgreSQL. Names differ by more than their case. */
@Component
public class Users {

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a sign-in needs to know of a user, disabled or not. */
    public record Credentials(UUID user, String username, String passwordHash) {}

    public Optional<Credentials> findCredentials(String username) {
        return jdbc.sql("select id, username, password_hash from users where lower(username) = lower(:username)")
                .param("username", username)
                .query((row, _) -> new Credentials(
                        row.getObject("id", UUID.class), row.getString("username"), row.getString("password_hash")))
                .optional();
    }

    List<User> list(UUID workspace) {
        return jdbc.sql("""
                        select u.id, u.username, m.role, u.created_at, u.disabled_at
                        from memberships m join users u on u.id = m.user_id
                        where m.workspace_id = :workspace order by lower(u.username)
                        """).param("workspace", workspace).query(Users::read).list();
    }

    /** Makes everyone else who asks for the same wait for the end of the current transaction. */
    UUID lockDefaultWorkspace() {
        return jdbc.sql("select id from workspaces where name = 'default' for update")
                .query(UUID.class)
                .single();
    }

    boolean anyExists() {
        return jdbc.sql("select exists (select from users)")
                .query(Boolean.class)
                .single();
    }

    /** Empty if the name is taken. */
    Optional<User> add(String username, String passwordHash, Instant now) {
        return jdbc.sql("""
                        insert into users (username, password_hash, created_at) values (:username, :hash, :now)
                        on conflict ((lower(username))) do nothing
                        returning id
                        """)
                .param("username", username)
                .param("hash", passwordHash)
                .param("now", now.atOffset(UTC))
                .query(UUID.class)
                .optional()
                .map(id -> new User(id, username, Role.VIEWER, now, null));
    }

    void enroll(UUID user, UUID workspace, Role role) {
        jdbc.sql("insert into memberships (workspace_id, user_id, role) values (:workspace, :user, :role)")
                .param("workspace", workspace)
                .param("user", user)
                .param("role", role.text())
                .update();
    }

    private static User read(ResultSet row, int number) throws SQLException {
        OffsetDateTime disabledAt = row.getObject("disabled_at", OffsetDateTime.class);
        return new User(
                row.getObject("id", UUID.class),
                row.getString("username"),
                Role.of(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                disabledAt == null ? null : disabledAt.toInstant());
    }
}
