package io.bascule.tasks.log;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Replaces secrets by {@code ***}: those it was told, in the forms in which programs print them, and what is a secret by its
 * form (our own tokens, authorization headers, passwords in addresses). Safe for use by many threads.
 */
final class SecretMask {

    static final String MASK = "***";

    /** Shorter ones would blot out innocent text. */
    private static final int SHORTEST = 4;

    /** A line by itself must be long enough to be a secret, and all of them few enough to be looked for in every line. */
    private static final int SHORTEST_LINE = 16;

    private static final int MOST_LINES = 256;

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("()\\bbsc_[a-z]{2,8}_[A-Za-z0-9_-]{8,}"),
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[A-Za-z0-9+/=._~-]{8,}"),
            Pattern.compile("(://[^/\\s:@]{0,256}:)[^/\\s@]{1,1024}(?=@)"));

    private volatile List<String> secrets = List.of();
    private final Set<String> lines = new HashSet<>();

    /** Masks this text from now on; its long lines, up to a number, also by themselves, since logs are read by the line. */
    synchronized void add(String secret) {
        Set<String> all = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        all.addAll(secrets);
        addForms(secret, all);
        secret.lines()
                .filter(line -> line.length() >= SHORTEST_LINE)
                .takeWhile(line -> lines.contains(line) || lines.size() < MOST_LINES)
                .forEach(line -> {
                    lines.add(line);
                    addForms(line, all);
                });
        secrets = List.copyOf(all);
    }

    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        for (Pattern form : FORMS) {
            masked = form.matcher(masked).replaceAll("$1" + MASK);
        }
        return masked;
    }

    private static void addForms(String secret, Set<String> all) {
        String clean = CleanText.clean(secret);
        if (clean.strip().length() < SHORTEST) {
            return;
        }
        all.add(clean);
        var quoted = new StringBuilder();
        JsonStringEncoder.getInstance().quoteAsString(secret, quoted);
        all.add(quoted.toString());
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        all.add(Base64.getEncoder().encodeToString(bytes));
        all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
