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

    /** The latest one when the version is 0; another workspace's does not exist. */
    Optional<FunctionVersion> find(UUID workspace, String name, int version) {
        return jdbc.sql("""
                        select f.name, f.runtime, v.version, case when v.bundle is null then v.source end as source, v.bundle, v.main,
                          v.timeout_seconds, v.memory_mib, v.egress, v.secrets, v.resources
                        from functions f join function_versions v on v.function_id = f.id
                          and v.version = case when :version = 0 then f.latest_version else :version end
                        where f.workspace_id = :workspace and f.name = :name
                        """)
                .param("workspace", workspace)
                .param("name", name)
                .param("version", version)
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
