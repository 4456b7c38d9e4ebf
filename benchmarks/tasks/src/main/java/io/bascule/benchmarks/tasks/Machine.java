package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much the machine does that is not ours. Reads Linux's {@code /proc}; elsewhere it knows nothing and says 0. */
final class Machine {

    private static final double TICKS_A_SECOND = 100;

    private Machine() {}

    /** Seconds of processor time that all processes have used, including what was stolen from this machine. */
    static double busySeconds() {
        String[] words =
                read(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +", -1);
        if (words.length < 9) {
            return 0;
        }
        double ticks = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Double.parseDouble(words[field]);
        }
        return ticks / TICKS_A_SECOND;
    }

    /** Seconds of processor time of these processes and everything they started. */
    static double seconds(Stream<ProcessHandle> roots) {
        return roots.flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                        .distinct()
                        .mapToDouble(process -> ticks(process.pid()))
                        .sum()
                / TICKS_A_SECOND;
    }

    static double load() {
        String[] words = read(Path.of("/proc/loadavg")).split(" ", -1);
        return words[0].isEmpty() ? 0 : Double.parseDouble(words[0]);
    }

    /** Its own time and that of its children that have ended. */
    private static double ticks(long pid) {
        String stat = read(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        double ticks = 0;
        for (int field = 11; field <= 14 && field < words.length; field++) {
            ticks += Double.parseDouble(words[field]);
        }
        return ticks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
