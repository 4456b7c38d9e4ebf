package io.bascule.scaling;

/** A load as a person writes it, such as {@code spike:5:80:300:600}. */
public final class LoadText {

    /** Rates are jobs a second; times are seconds since the start. */
    public static final String FORMS = "steady:RATE, spike:RATE:PEAK:FROM:TO or daily:LEAST:MOST:PERIOD";

    private LoadText() {}

    /** Throws {@link IllegalArgumentException} that says what is wrong, or which forms there are. */
    public static Load read(String text) {
        String[] parts = text.split(":", -1);
        try {
            return switch (parts[0] + "/" + parts.length) {
                case "steady/2" -> new Load.Steady(rate(parts[1]));
                case "spike/5" -> new Load.Spike(rate(parts[1]), rate(parts[2]), second(parts[3]), second(parts[4]));
                case "daily/4" -> new Load.Daily(rate(parts[1]), rate(parts[2]), second(parts[3]));
                default -> throw new IllegalArgumentException(wrong(text));
            };
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(wrong(text), notOne);
        }
    }

    private static double rate(String text) {
        return Double.parseDouble(text);
    }

    private static int second(String text) {
        return Integer.parseInt(text);
    }

    private static String wrong(String text) {
        return "load %s (expected: %s)".formatted(text, FORMS);
    }
}
