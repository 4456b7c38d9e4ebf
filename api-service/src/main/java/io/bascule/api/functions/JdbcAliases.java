package io.bascule.api.functions;

import io.bascule.api.functions.JdbcFunctions.Counted;
import io.bascule.api.revisions.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Aliases in PostgreSQL. Whoever changes one holds its function, so that deploys and other changes wait. */
@Repository
class JdbcAliases {

    private static final String SELECT = """
            select a.function_id, a.name, a.version, a.revision, greatest(a.updated_at, v.created_at) as updated_at, u.username
            from functions f
              join current_function_aliases a on a.function_id = f.id
              join function_versions v on v.function_id = f.id and v.version = a.version
              join users u on u.id = case when a.updated_at >= v.created_at then a.updated_by else v.created_by end
            where f.workspace_id = :workspace and f.name = :function
            """;

    private final JdbcClient jdbc;

    JdbcAliases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A function whose aliases and versions nobody else changes until the caller's transaction ends. */
    record Held(UUID function, int newestVersion) {}

    Optional<Held> hold(UUID workspace, String function) {
        return jdbc.sql("""
                        select id, latest_version from functions where workspace_id = :workspace and name = :function
                        for no key update
                        """)
                .param("workspace", workspace)
                .param("function", function)
                .query((row, _) -> new Held(row.getObject("id", UUID.class), row.getInt("latest_version")))
                .optional();
    }

    Optional<Alias> find(UUID workspace, String function, String name) {
        return of(" and a.name = :name", workspace, function)
                .param("name", name)
                .query(JdbcAliases::alias)
                .optional();
    }

    /** By name, after the given one. */
    List<Alias> list(UUID workspace, String function, String after, int most) {
        return of(" and a.name > :after order by a.name limit :most", workspace, function)
                .param("after", after)
                .param("most", most)
                .query(JdbcAliases::alias)
                .list();
    }

    private StatementSpec of(String condition, UUID workspace, String function) {
        return jdbc.sql(SELECT + condition).param("workspace", workspace).param("function", function);
    }

    /** How many a function has, {@link Alias#LIVE} among them. */
    int count(UUID function) {
        return jdbc.sql("select count(*) from current_function_aliases where function_id = ?")
                .param(function)
                .query(Integer.class)
                .single();
    }

    /** Makes it stand for a version, and makes it where it is not there; at the newest version live follows those to come. */
    void point(Held held, String name, int version, UUID author) {
        if (!name.equals(Alias.LIVE)) {
            put(held.function(), name, version, null, author);
        } else if (version == held.newestVersion()) {
            put(held.function(), name, null, null, author);
        } else {
            put(held.function(), name, version, held.newestVersion(), author);
        }
    }

    /** Live stays at the version for which it stood before this one was counted. A deploy that does not say so lets it follow. */
    void holdLiveBack(Counted counted, UUID author) {
        int heldOn = jdbc.sql("""
                        update function_aliases set held_at = :newest
                        where function_id = :function and name = 'live' and held_at = :newest - 1
                        """)
                .param("function", counted.function())
                .param("newest", counted.version())
                .update();
        if (heldOn == 0) {
            put(counted.function(), Alias.LIVE, counted.version() - 1, counted.version(), author);
        }
    }

    private void put(UUID function, String name, @Nullable Integer version, @Nullable Integer heldAt, UUID author) {
        jdbc.sql("""
                        insert into function_aliases (function_id, name, version, held_at, revision, updated_by)
                        values (:function, :name, :version, :heldAt, 1, :author)
                        on conflict (function_id, name) do update
                        set version = excluded.version, held_at = excluded.held_at,
                          revision = function_aliases.revision + 1, updated_at = now(), updated_by = excluded.updated_by
                        """)
                .param("function", function)
                .param("name", name)
                .param("version", version, Types.INTEGER)
                .param("heldAt", heldAt, Types.INTEGER)
                .param("author", author)
                .update();
    }

    void delete(UUID function, String name) {
        jdbc.sql("delete from function_aliases where function_id = :function and name = :name")
                .param("function", function)
                .param("name", name)
                .update();
    }

    private static Alias alias(ResultSet row, int number) throws SQLException {
        return new Alias(
                row.getObject("function_id", UUID.class),
                row.getString("name"),
                row.getInt("version"),
                new Revision(row.getLong("revision")),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("username"));
    }
}
