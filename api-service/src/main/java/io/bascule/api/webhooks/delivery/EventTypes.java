package io.bascule.api.webhooks.delivery;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The types of events that a webhook wants: each a type, such as {@code io.bascule.task.finished}, or the beginning of some, such
 * as {@code io.bascule.task.*}. Without any it wants none.
 */
public record EventTypes(List<String> patterns) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)*(\\.\\*)?|\\*");
    private static final int LONGEST = 200;

    public EventTypes {
        patterns = List.copyOf(patterns);
    }

    /** Whether this may be one of the patterns. */
    public static boolean isPattern(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** Whether an event of this type is wanted. */
    public boolean include(String type) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    /** The star stands for the rest of the type, its dots included, and at least one character. */
    private static boolean matches(String pattern, String type) {
        if (!pattern.endsWith("*")) {
            return pattern.equals(type);
        }
        String beginning = pattern.substring(0, pattern.length() - 1);
        return type.length() > beginning.length() && type.startsWith(beginning);
    }
}
