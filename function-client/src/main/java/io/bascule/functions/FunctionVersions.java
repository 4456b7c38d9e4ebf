package io.bascule.functions;

import com.google.protobuf.UnsafeByteOperations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads functions where the API keeps them. */
final class FunctionVersions {

    private final JdbcClient jdbc;

    FunctionVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an alias stands for at this moment; another workspace's function does not exist. */
    Optional<FunctionVersion> find(UUID workspace, FunctionReference wanted) {
        return jdbc.sql("""
                        select f.name, f.runtime, v.version, case when v.bundle is null then v.source end as source, v.bundle, v.main,
                          v.timeout_seconds, v.memory_mib, v.egress, v.secrets, v.resources
                        from functions f join function_versions v on v.function_id = f.id
                          and v.version = case when :version = 0 then (select a.version from current_function_aliases a
                            where a.function_id = f.id and a.name = :alias) else :version end
                        where f.workspace_id = :workspace and f.name = :name
                        """)
                .param("workspace", workspace)
                .param("name", wanted.name())
                .param("version", wanted.version())
                .param("alias", wanted.alias())
                .query((row, _) -> new FunctionVersion(
                        row.getString("name"),
                        row.getInt("version"),
                        code(row),
                        row.getInt("timeout_seconds"),
                        row.getInt("memory_mib"),
                        List.of((String[]) row.getArray("egress").getArray()),
                        List.of((String[]) row.getArray("secrets").getArray()),
                        List.of((String[]) row.getArray("resources").getArray())))
                .optional();
    }

    private static FunctionVersion.Code code(ResultSet row) throws SQLException {
        byte[] archive = row.getBytes("bundle");
        FunctionVersion.Program program = archive == null
                ? new FunctionVersion.Source(row.getString("source"))
                : new FunctionVersion.Bundle(UnsafeByteOperations.unsafeWrap(archive), row.getString("main"));
        return new FunctionVersion.Code(row.getString("runtime"), program);
    }
}
