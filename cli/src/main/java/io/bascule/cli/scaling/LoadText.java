package io.bascule.cli.scaling;

import io.bascule.scaling.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A load as a person writes it. */
final class LoadText {

    static final String FORMS = "steady:RATE, spike:RATE:PEAK:FROM:TO, daily:LEAST:MOST:PERIOD or @FILE";

    private LoadText() {}

    /** Throws {@link IllegalArgumentException} with the forms that are known. */
    static Load read(String text) throws IOException {
        if (text.startsWith("@")) {
            return Load.Recorded.of(Files.readAllLines(Path.of(text.substring(1))));
        }
        String[] parts = text.split(":", -1);
        try {
            return switch (parts[0] + "/" + parts.length) {
                case "steady/2" -> new Load.Steady(rate(parts[1]));
                case "spike/5" -> new Load.Spike(rate(parts[1]), rate(parts[2]), second(parts[3]), second(parts[4]));
                case "daily/4" -> new Load.Daily(rate(parts[1]), rate(parts[2]), second(parts[3]));
                default -> throw unknown(text);
            };
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(unknown(text).getMessage(), notOne);
        }
    }

    private static double rate(String text) {
        return Double.parseDouble(text);
    }

    private static int second(String text) {
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("--load %s (expected: %s)".formatted(text, FORMS));
    }
}
