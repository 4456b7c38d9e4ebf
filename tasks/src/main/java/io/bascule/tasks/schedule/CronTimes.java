package io.bascule.tasks.schedule;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The local times of a cron expression: five fields (minute, hour, day of month, month, day of week) or a macro such as
 * {@code @daily}. As in every cron, a day matches when either of the two day fields does, if both are restricted. Immutable.
 */
public final class CronTimes {

    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final List<String> FIELDS = List.of("minute", "hour", "day of month", "month", "day of week");
    private static final String VALUE = "([0-9]+|[A-Z]{3})";
    private static final String ITEM = "((\\*|%s-%s)(/[0-9]+)?|%s)".formatted(VALUE, VALUE, VALUE);
    private static final Pattern FIELD = Pattern.compile("%s(,%s)*".formatted(ITEM, ITEM));
    private static final int MOST_CHARACTERS = 200;

    private final String text;
    private final boolean everyHour;
    private final List<CronExpression> either;

    private CronTimes(String text, boolean everyHour, List<CronExpression> either) {
        this.text = text;
        this.everyHour = everyHour;
        this.either = either;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with what to change
     */
    public static CronTimes parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("expected at most %d characters".formatted(MOST_CHARACTERS));
        }
        String[] fields = fields(trimmed);
        for (int field = 0; field < fields.length; field++) {
            checkForm(FIELDS.get(field), fields[field]);
        }
        boolean eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        Stream<CronExpression> either = eitherDay
                ? Stream.of(expression(fields, fields[2], "*"), expression(fields, "*", fields[4]))
                : Stream.of(expression(fields, fields[2], fields[4]));
        return new CronTimes(trimmed, fields[1].equals("*"), either.toList());
    }

    /** The first matching local time after the given one; empty when there is none, such as for 30 February. */
    public Optional<LocalDateTime> after(LocalDateTime moment) {
        return either.stream()
                .map(expression -> expression.next(moment))
                .filter(Objects::nonNull)
                .min(LocalDateTime::compareTo);
    }

    /** Whether it names no hours, so that what it gives is a rhythm rather than times of the day. */
    boolean everyHour() {
        return everyHour;
    }

    private static String[] fields(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.startsWith("@")) {
            String meant = MACROS.get(upper.toLowerCase(Locale.ROOT));
            if (meant == null) {
                throw new IllegalArgumentException("%s (expected one of: %s)"
                        .formatted(
                                text,
                                String.join(
                                        ", ", MACROS.keySet().stream().sorted().toList())));
            }
            return meant.split(" ");
        }
        String[] fields = upper.split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw new IllegalArgumentException(
                    "\"%s\" (expected: minute, hour, day of month, month and day of week, such as 0 9 * * MON-FRI)"
                            .formatted(text));
        }
        return fields;
    }

    private static void checkForm(String name, String field) {
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" (expected: *, a value or a range, with /step after * or a range, joined by commas)"
                            .formatted(name, field));
        }
    }

    private static CronExpression expression(String[] fields, String dayOfMonth, String dayOfWeek) {
        try {
            return CronExpression.parse(String.join(" ", "0", fields[0], fields[1], dayOfMonth, fields[3], dayOfWeek));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(reason(refused), refused);
        }
    }

    /** The innermost message says which value is out of range; the outer ones speak of six fields. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return "a value is out of range: " + innermost.getMessage();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronTimes times && text.equals(times.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
