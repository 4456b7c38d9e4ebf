package io.bascule.cli.schedule;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** How people write durations. */
final class Interval {

    private static final Pattern SHORT = Pattern.compile("([0-9]+d)?(([0-9]+h)?([0-9]+m)?([0-9]+s)?)");

    private Interval() {}

    /** The API's form (ISO 8601) of {@code 15m}, {@code 1h30m} or {@code 1d}; of itself, too. */
    static String iso(String text) {
        var parts = SHORT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return checked(text, text);
        }
        String days = parts.group(1) == null ? "" : parts.group(1);
        String time = parts.group(2).isEmpty() ? "" : "T" + parts.group(2);
        return checked(text, ("P" + days + time).toUpperCase(Locale.ROOT));
    }

    private static String checked(String text, String iso) {
        try {
            return Duration.parse(iso).toString();
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--every %s (expected: such as 30s, 15m, 1h30m or 1d)".formatted(text), e);
        }
    }
}
