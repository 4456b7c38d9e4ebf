package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.testsupport.TestMariaDb;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tasks for the server of the tests. */
final class MySqlTasks {

    private MySqlTasks() {}

    /** Runs tasks at the server at this port. */
    static SqlQueryHandler handler(int port) {
        return new SqlQueryHandler(DirectTunnels.to("mysql", port), List.of(new MySqlServer()));
    }

    static ObjectNode input(String statement) {
        ObjectNode input = JsonMapper.shared().createObjectNode();
        input.put("resource", "mysql")
                .put("database", TestMariaDb.DATABASE)
                .put("user", TestMariaDb.USER)
                .put("statement", statement);
        input.putObject("password").put("secret", "DB_PASSWORD");
        return input;
    }

    static TaskOnPaper paper(ObjectNode input) {
        return TaskOnPaper.of(input.toString(), Map.of("DB_PASSWORD", TestMariaDb.PASSWORD));
    }
}
