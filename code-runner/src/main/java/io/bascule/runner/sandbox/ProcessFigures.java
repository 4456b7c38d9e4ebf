package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what the kernel counts for a process from {@code /proc}.
 *
 * @param pageBytes the unit of resident memory
 * @param ticksPerSecond the unit of processor time
 */
record ProcessFigures(long pageBytes, long ticksPerSecond) {

    private static final Pattern BLANK = Pattern.compile(" ");

    // Counted from the field after the program's name, which may itself contain blanks (proc(5), "stat").
    private static final int STATE = 0;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int THREADS = 17;
    private static final int RESIDENT_PAGES = 21;

    Optional<ProcessUsage> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return parse(stat);
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    Optional<ProcessUsage> parse(String stat) {
        List<String> fields = BLANK.splitAsStream(
                        stat.substring(stat.lastIndexOf(')') + 1).strip())
                .toList();
        if (fields.get(STATE).equals("Z") || fields.get(STATE).equals("X")) {
            return Optional.empty();
        }
        long ticks = Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS));
        return Optional.of(new ProcessUsage(
                Duration.ofMillis(ticks * 1000 / ticksPerSecond),
                Long.parseLong(fields.get(RESIDENT_PAGES)) * pageBytes,
                Integer.parseInt(fields.get(THREADS))));
    }
}
