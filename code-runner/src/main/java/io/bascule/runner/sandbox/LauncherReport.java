package io.bascule.runner.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the launcher tells, one line each; {@code launcher.c} says how they are written. */
sealed interface LauncherReport {

    /** The first line: what this kernel offers, and its units. */
    record Level(int landlockAbi, long user, long pageBytes, long ticksPerSecond) implements LauncherReport {}

    record Started(long id, long pid) implements LauncherReport {}

    record Refused(long id, String reason) implements LauncherReport {}

    record Ended(long id, ProcessExit exit) implements LauncherReport {}

    static LauncherReport parse(String line) {
        List<String> words = List.of(line.split(" "));
        return switch (words.getFirst()) {
            case "level" ->
                new Level(Integer.parseInt(words.get(1)), number(words, 2), number(words, 3), number(words, 4));
            case "started" -> new Started(number(words, 1), number(words, 2));
            case "refused" -> new Refused(number(words, 1), line.split(" ", 3)[2]);
            case "ended" -> new Ended(number(words, 1), exit(words));
            default -> throw new IllegalStateException("the launcher said: " + line);
        };
    }

    private static ProcessExit exit(List<String> words) {
        int number = Integer.parseInt(words.get(3));
        var cause = words.get(2).equals("signal") ? ProcessExit.Cause.SIGNAL : ProcessExit.Cause.EXIT;
        var cpu = Duration.ofNanos((number(words, 4) + number(words, 5)) * 1000);
        return new ProcessExit(cause, number, cpu, number(words, 6) * 1024, directory(words));
    }

    private static Optional<DirectoryUse> directory(List<String> words) {
        return words.size() < 9
                ? Optional.empty()
                : Optional.of(new DirectoryUse((int) number(words, 7), number(words, 8)));
    }

    private static long number(List<String> words, int index) {
        return Long.parseLong(words.get(index));
    }
}
