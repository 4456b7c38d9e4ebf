package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.sql.SqlQuery.Bounds;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A server's answer as a task's result: what JSON cannot hold exactly in every reader (integers of 64 bits, decimals) is a text,
 * like everything that JSON has no form for; docs/tasks.md has the list.
 */
public final class SqlAnswer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A cell costs far more in memory than its byte in the answer. */
    private static final long MOST_CELLS = 200_000;

    private SqlAnswer() {}

    static JsonNode changed(SqlServer server, Statement statement) throws SQLException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("columns");
        answer.putArray("rows");
        answer.put("truncated", false);
        answer.put("updateCount", statement.getLargeUpdateCount());
        server.madeKey(statement).ifPresent(key -> answer.put("insertId", key));
        return answer;
    }

    static JsonNode read(SqlServer server, ResultSet found, Bounds bounds) throws SQLException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = answer.putArray("columns");
        ResultSetMetaData described = found.getMetaData();
        for (int column = 1; column <= described.getColumnCount(); column++) {
            columns.addObject()
                    .put("name", described.getColumnLabel(column))
                    .put("type", described.getColumnTypeName(column));
        }
        answer.put("truncated", fill(server, answer.putArray("rows"), found, columns, bounds));
        answer.putNull("updateCount");
        return answer;
    }

    /** Returns whether there was more than the bounds allow. */
    private static boolean fill(SqlServer server, ArrayNode rows, ResultSet found, ArrayNode columns, Bounds bounds)
            throws SQLException {
        long room = bounds.bytes();
        long cells = 0;
        while (found.next()) {
            cells += Math.max(1, columns.size());
            if (cells > MOST_CELLS) {
                return true;
            }
            ArrayNode row = JsonNodeFactory.instance.arrayNode();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(server.value(
                        found, column, columns.get(column - 1).path("type").asString()));
            }
            room -= row.toString().getBytes(StandardCharsets.UTF_8).length + 1L;
            if (rows.size() == bounds.rows() || room < 0) {
                return true;
            }
            rows.add(row);
        }
        return false;
    }

    /** NaN and the infinities have no form in JSON. */
    public static JsonNode finite(String text) throws SQLException {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? DoubleNode.valueOf(number) : StringNode.valueOf(text);
        } catch (NumberFormatException none) {
            throw ServerMisbehaved.inAnswer("The server sent something that is no number in a column of numbers");
        }
    }

    /** An integer that every reader of JSON keeps exactly. */
    public static JsonNode integer(String text) throws SQLException {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException none) {
            throw ServerMisbehaved.inAnswer("The server sent something that is no number in a column of integers");
        }
    }

    /** A document as itself; as a text where it is too deep, or none. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException tooDeepOrTooLong) {
            return StringNode.valueOf(text);
        }
    }
}
