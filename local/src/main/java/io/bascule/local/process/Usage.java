package io.bascule.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process and those it started have used.
 *
 * @param cpu time on any core, since their start
 * @param memoryMegabytes their share of the machine's memory (PSS): pages that several use count in part
 */
public record Usage(Duration cpu, long memoryMegabytes) {

    private static final long TICK_MILLIS = 10;
    private static final String SHARE = "Pss:";

    public static Usage of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Usage::ofOne)
                .reduce(new Usage(Duration.ZERO, 0), Usage::plus);
    }

    /** The process and those of its children that have ended, without those that run. */
    public static Usage ofOne(ProcessHandle process) {
        Duration own = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new Usage(own.plus(ofEndedChildren(process.pid())), shareOf(process.pid()) / 1024);
    }

    /** See proc(5): fields 16 and 17 of {@code stat}, counted behind the name in parentheses. */
    private static Duration ofEndedChildren(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Duration.ofMillis((Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * TICK_MILLIS);
        } catch (IOException _) {
            return Duration.ZERO;
        }
    }

    public Usage plus(Usage other) {
        return new Usage(cpu.plus(other.cpu), memoryMegabytes + other.memoryMegabytes);
    }

    /** In kilobytes; zero where the system does not tell. */
    private static long shareOf(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(SHARE))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException _) {
            return 0;
        }
    }
}
