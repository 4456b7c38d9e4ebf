package io.bascule.cli.api;

import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events out of the lines of an answer. */
final class EventLines {

    private EventLines() {}

    /** Gives each event to the listener until it wants no more, which it says by {@code false}; says whether it was that. */
    static boolean read(Stream<String> lines, Predicate<ServerEvent> listener) {
        @Nullable String id = null;
        String type = "message";
        var data = new StringBuilder();
        for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
            String line = each.next();
            if (line.isEmpty()) {
                if (!data.isEmpty() && !listener.test(new ServerEvent(id, type, json(data)))) {
                    return true;
                }
                id = null;
                type = "message";
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5));
            }
        }
        return false;
    }

    private static JsonNode json(StringBuilder data) {
        return JsonMapper.shared().readTree(data.toString());
    }
}
