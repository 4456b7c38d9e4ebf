package io.bascule.schema;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90}, {@code 60s} or {@code 5m}. */
final class WaitTime implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([sm]?)");

    @Override
    public Duration convert(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new TypeConversionException(text + " (expected: seconds or minutes, such as 60s or 5m)");
        }
        long number = Long.parseLong(match.group(1));
        return "m".equals(match.group(2)) ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
}
