package io.bascule.api.functions;

import io.bascule.api.functions.CheckedCode.CheckedBundle;
import io.bascule.api.functions.FunctionView.BundleView;
import io.bascule.api.functions.FunctionView.VersionView;
import io.bascule.bundles.BundledFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Functions and their versions in PostgreSQL. Every method is within one workspace. */
@Repository
class JdbcFunctions {

    private static final String COLUMNS = """
            f.id, f.name, f.runtime, f.latest_version, f.created_at, f.updated_at,
             (select a.version from current_function_aliases a where a.function_id = f.id and a.name = 'live') as live_version""";

    private static final String VERSION_COLUMNS = """
            v.version, octet_length(v.source) as source_bytes, v.main, octet_length(v.bundle) as bundle_bytes, v.timeout_seconds, v.memory_mib, v.egress, v.secrets,\
             v.resources,\
             array(select a.name from current_function_aliases a
               where a.function_id = f.id and a.version = v.version order by a.name) as aliases,\
             v.created_at as version_created_at""";

    private static final TypeReference<List<BundledFile>> FILES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcFunctions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The new function's id; empty when the name is taken. */
    Optional<UUID> insert(UUID workspace, String name, String runtime) {
        return jdbc.sql("""
                        insert into functions (workspace_id, name, runtime, latest_version)
                        values (:workspace, :name, :runtime, 1)
                        on conflict (workspace_id, name) do nothing
                        returning id
                        """)
                .param("workspace", workspace)
                .param("name", name)
                .param("runtime", runtime)
                .query(UUID.class)
                .optional();
    }

    /** Counts the next version and returns its number; the row stays locked until the transaction ends. */
    Optional<Counted> countVersion(UUID workspace, String name) {
        return jdbc.sql("""
                        update functions set latest_version = latest_version + 1, updated_at = now()
                        where workspace_id = :workspace and name = :name
                        returning id, latest_version
                        """)
                .param("workspace", workspace)
                .param("name", name)
                .query((row, _) -> new Counted(row.getObject("id", UUID.class), row.getInt("latest_version")))
                .optional();
    }

    /** The language that all its versions are in. */
    Optional<String> runtime(UUID workspace, String name) {
        return jdbc.sql("select runtime from functions where workspace_id = :workspace and name = :name")
                .param("workspace", workspace)
                .param("name", name)
                .query(String.class)
                .optional();
    }

    /** What all archives of a workspace have together; until the transaction ends, others who ask wait. */
    long bundleBytes(UUID workspace) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))")
                .param("lock", "bundles/" + workspace)
                .query(Integer.class)
                .single();
        return jdbc.sql("""
                        select coalesce(sum(octet_length(v.bundle)), 0)
                        from functions f join function_versions v on v.function_id = f.id where f.workspace_id = :workspace
                        """).param("workspace", workspace).query(Long.class).single();
    }

    void insertVersion(Counted counted, WantedVersion.Checked wanted, UUID author) {
        CheckedCode code = wanted.code();
        CheckedBundle bundle = code.bundle();
        jdbc.sql("""
                        insert into function_versions
                          (function_id, version, source, main, bundle, bundle_files, timeout_seconds, memory_mib, egress, secrets,
                           resources, created_by)
                        values (:function, :version, :source, :main, :bundle, :files::jsonb, :timeout, :memory, :egress, :secrets,
                           :resources, :author)
                        """)
                .param("function", counted.function())
                .param("version", counted.version())
                .param("source", code.source())
                .param("main", bundle == null ? null : bundle.main(), Types.VARCHAR)
                .param("bundle", bundle == null ? null : bundle.archive().bytes(), Types.BINARY)
                .param("files", bundle == null ? null : json.writeValueAsString(bundle.files()), Types.VARCHAR)
                .param("timeout", wanted.timeoutSeconds())
                .param("memory", wanted.memoryMib())
                .param("egress", wanted.egress().toArray(String[]::new))
                .param("secrets", wanted.secrets().toArray(String[]::new))
                .param("resources", wanted.resources().toArray(String[]::new))
                .param("author", author)
                .update();
    }

    /** By name, after the given one. */
    List<FunctionView> list(UUID workspace, String after, int most) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + " from functions f where workspace_id = :workspace and name > :after order by name limit :most")
                .param("workspace", workspace)
                .param("after", after)
                .param("most", most)
                .query((row, _) -> functionWithoutCode(row))
                .list();
    }

    /** With the code of one version; of the latest when the version is 0. */
    Optional<FunctionView> find(UUID workspace, String name, int version) {
        return one("select " + COLUMNS + ", v.source, v.bundle_files, " + VERSION_COLUMNS, workspace, name, version)
                .query((row, _) -> function(row))
                .optional();
    }

    /** The number of that version, if it is there; calls ask for it and need none of the code. */
    Optional<Integer> number(UUID workspace, String name, int version) {
        return one("select v.version", workspace, name, version)
                .query(Integer.class)
                .optional();
    }

    private StatementSpec one(String selection, UUID workspace, String name, int version) {
        return jdbc.sql(selection + """

                         from functions f join function_versions v on v.function_id = f.id
                           and v.version = case when :version = 0 then f.latest_version else :version end
                         where f.workspace_id = :workspace and f.name = :name
                        """)
                .param("workspace", workspace)
                .param("name", name)
                .param("version", version);
    }

    /** Without their code, the newest first, older than the given one. */
    List<VersionView> versions(UUID workspace, String name, int before, int most) {
        return jdbc.sql("select null as source, null as bundle_files, " + VERSION_COLUMNS + """

                         from functions f join function_versions v on v.function_id = f.id
                        where f.workspace_id = :workspace and f.name = :name and v.version < :before
                        order by v.version desc limit :most
                        """)
                .param("workspace", workspace)
                .param("name", name)
                .param("before", before)
                .param("most", most)
                .query((row, _) -> version(row))
                .list();
    }

    /** With all its versions; the id of what was removed. */
    Optional<UUID> delete(UUID workspace, String name) {
        return jdbc.sql("delete from functions where workspace_id = :workspace and name = :name returning id")
                .param("workspace", workspace)
                .param("name", name)
                .query(UUID.class)
                .optional();
    }

    private static FunctionView functionWithoutCode(ResultSet row) throws SQLException {
        return new FunctionView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("runtime"),
                row.getInt("latest_version"),
                row.getInt("live_version"),
                null,
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private FunctionView function(ResultSet row) throws SQLException {
        FunctionView plain = functionWithoutCode(row);
        VersionView version = version(row);
        return new FunctionView(
                plain.id(),
                plain.name(),
                plain.runtime(),
                plain.latestVersion(),
                plain.liveVersion(),
                version,
                plain.createdAt(),
                plain.updatedAt());
    }

    private VersionView version(ResultSet row) throws SQLException {
        return new VersionView(
                row.getInt("version"),
                List.of((String[]) row.getArray("aliases").getArray()),
                row.getString("source"),
                row.getInt("source_bytes"),
                bundle(row),
                row.getInt("timeout_seconds"),
                row.getInt("memory_mib"),
                List.of((String[]) row.getArray("egress").getArray()),
                List.of((String[]) row.getArray("secrets").getArray()),
                List.of((String[]) row.getArray("resources").getArray()),
                instant(row, "version_created_at"));
    }

    private @Nullable BundleView bundle(ResultSet row) throws SQLException {
        String main = row.getString("main");
        String files = row.getString("bundle_files");
        return main == null
                ? null
                : new BundleView(main, row.getInt("bundle_bytes"), files == null ? null : json.readValue(files, FILES));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A version that has its number and not yet its code. */
    record Counted(UUID function, int version) {}
}
