package io.bascule.cli.output;

import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * One column of a table.
 *
 * @param title its heading
 * @param value which member of an item it shows
 */
public record Column(String title, JsonPointer value) {

    public static Column of(String title, String pointer) {
        return new Column(title, JsonPointer.compile(pointer));
    }

    String textOf(JsonNode item) {
        JsonNode found = item.at(value);
        if (found.isMissingNode() || found.isNull()) {
            return "";
        }
        if (found.isArray() && found.valueStream().allMatch(JsonNode::isValueNode)) {
            return printable(found.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
        }
        return printable(found.isValueNode() ? found.asString("") : found.toString());
    }

    /** Keeps a stored name from moving the cursor of the terminal it is shown on. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
