package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.SqlQuery;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What a task gives, as literals that no mode of a server can read otherwise: texts are hexadecimal, so that nothing in them is quoted. */
final class Literals {

    static final String EXECUTE = "execute bascule";

    /** What {@link ClientPackets} knows a statement by that cannot be prepared. */
    static final String UNPREPARED = "/* bascule */ ";

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,65}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

    private Literals() {}

    /** Hands statement and parameters to the server. */
    static String variables(SqlQuery query) {
        var text = new StringBuilder("set @bascule_statement = ").append(text(query.statement()));
        List<JsonNode> parameters = query.parameters();
        for (int index = 0; index < parameters.size(); index++) {
            text.append(", @bascule_%d = ".formatted(index)).append(literal(parameters.get(index)));
        }
        return text.toString();
    }

    static String execution(SqlQuery query) {
        if (query.parameters().isEmpty()) {
            return EXECUTE;
        }
        return IntStream.range(0, query.parameters().size())
                .mapToObj("@bascule_%d"::formatted)
                .collect(Collectors.joining(", ", EXECUTE + " using ", ""));
    }

    private static String literal(JsonNode parameter) {
        if (parameter.isNull()) {
            return "null";
        }
        if (parameter.isBoolean()) {
            return parameter.booleanValue() ? "true" : "false";
        }
        String text = String.valueOf(SqlQuery.text(parameter));
        return parameter.isNumber() && NUMBER.matcher(text).matches() ? text : text(text);
    }

    private static String text(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
