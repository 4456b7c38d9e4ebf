package io.bascule.local.process;

import java.time.Duration;
import java.util.List;

/** What a launcher that was killed left running: ended before the next start, by recorded id and start time. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Ends all recorded processes in the reverse order of their start; returns the names of those that still ran. */
    public static List<String> end(ProcessTable table) {
        List<String> ended = table.records().reversed().stream()
                .filter(process -> process.running().isPresent())
                .map(Leftovers::end)
                .toList();
        table.clear();
        return ended;
    }

    private static String end(ProcessRecord process) {
        process.running().ifPresent(running -> Signals.end(running, process.signal(), PATIENCE));
        return process.name();
    }
}
