package io.bascule.api.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preference {@code wait} of RFC 7240: how long the caller would wait for a result.
 *
 * @param seconds 1 to 60; who asks for more gets 60
 */
record PreferWait(int seconds) {

    private static final int LONGEST = 60;
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])", Pattern.CASE_INSENSITIVE);

    /** From all {@code Prefer} headers; what cannot be read is no preference, as the RFC has it. */
    static Optional<PreferWait> of(List<String> headers) {
        return headers.stream()
                .map(WAIT::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(seconds -> seconds > 0)
                .map(seconds -> new PreferWait(Math.min(seconds, LONGEST)))
                .findFirst();
    }

    Duration time() {
        return Duration.ofSeconds(seconds);
    }

    /** For {@code Preference-Applied}. */
    String applied() {
        return "wait=" + seconds;
    }
}
