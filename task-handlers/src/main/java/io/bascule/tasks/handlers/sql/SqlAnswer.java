package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.sql.SqlQuery.Bounds;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A server's answer as a task's result: what JSON cannot hold exactly in every reader (int8, numeric) is a text, like
 * everything that JSON has no form for; docs/tasks.md has the list.
 */
final class SqlAnswer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A cell costs far more in memory than its byte in the answer. */
    private static final long MOST_CELLS = 200_000;

    private SqlAnswer() {}

    static JsonNode changed(int rows) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("columns");
        answer.putArray("rows");
        answer.put("truncated", false);
        answer.put("updateCount", rows);
        return answer;
    }

    static JsonNode read(ResultSet found, Bounds bounds) throws SQLException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = answer.putArray("columns");
        ResultSetMetaData described = found.getMetaData();
        for (int column = 1; column <= described.getColumnCount(); column++) {
            columns.addObject()
                    .put("name", described.getColumnLabel(column))
                    .put("type", described.getColumnTypeName(column));
        }
        answer.put("truncated", fill(answer.putArray("rows"), found, columns, bounds));
        answer.putNull("updateCount");
        return answer;
    }

    /** Returns whether there was more than the bounds allow. */
    private static boolean fill(ArrayNode rows, ResultSet found, ArrayNode columns, Bounds bounds) throws SQLException {
        long room = bounds.bytes();
        long cells = 0;
        while (found.next()) {
            cells += Math.max(1, columns.size());
            if (cells > MOST_CELLS) {
                return true;
            }
            ArrayNode row = JsonNodeFactory.instance.arrayNode();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(value(
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

    private static JsonNode value(ResultSet found, int column, String type) throws SQLException {
        String text = found.getString(column);
        if (text == null) {
            return NullNode.getInstance();
        }
        return switch (type) {
            case "bool" -> BooleanNode.valueOf(found.getBoolean(column));
            case "int2", "int4" -> IntNode.valueOf(found.getInt(column));
            case "float4", "float8" -> finite(text);
            case "json", "jsonb" -> json(text);
            case "bytea" -> BinaryNode.valueOf(found.getBytes(column));
            default -> StringNode.valueOf(text);
        };
    }

    /** NaN and the infinities have no form in JSON. */
    private static JsonNode finite(String text) {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? DoubleNode.valueOf(number) : StringNode.valueOf(text);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException tooDeepOrTooLong) {
            return StringNode.valueOf(text);
        }
    }
}
