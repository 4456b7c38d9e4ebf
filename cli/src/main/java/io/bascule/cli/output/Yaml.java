package io.bascule.cli.output;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes JSON values as YAML blocks. Strings that could be read as anything else are quoted as in JSON. */
final class Yaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Pattern RESERVED = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private Yaml() {}

    static String of(JsonNode value) {
        StringBuilder out = new StringBuilder();
        block(value, "", out);
        return out.toString();
    }

    private static void block(JsonNode value, String indent, StringBuilder out) {
        if (value.isObject() && !value.isEmpty()) {
            value.forEachEntry((name, member) -> {
                out.append(indent).append(scalar(name)).append(':');
                nested(member, indent, out);
            });
        } else if (value.isArray() && !value.isEmpty()) {
            value.forEach(item -> {
                out.append(indent).append('-');
                item(item, indent, out);
            });
        } else {
            out.append(indent).append(inline(value)).append('\n');
        }
    }

    private static void nested(JsonNode member, String indent, StringBuilder out) {
        if (isInline(member)) {
            out.append(' ').append(inline(member)).append('\n');
        } else {
            out.append('\n');
            block(member, indent + "  ", out);
        }
    }

    /** An item's first line stands beside the dash, the others below it. */
    private static void item(JsonNode item, String indent, StringBuilder out) {
        if (isInline(item)) {
            out.append(' ').append(inline(item)).append('\n');
        } else {
            StringBuilder inner = new StringBuilder();
            block(item, indent + "  ", inner);
            out.append(' ').append(inner.substring(indent.length() + 2));
        }
    }

    private static boolean isInline(JsonNode value) {
        return value.isValueNode() || value.isEmpty();
    }

    private static String inline(JsonNode value) {
        return value.isString() ? scalar(value.asString()) : value.toString();
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches();
        return plain ? text : new tools.jackson.databind.node.StringNode(text).toString();
    }
}
