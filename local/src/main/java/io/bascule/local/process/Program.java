package io.bascule.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to run one process.
 *
 * @param name what people call it; also names its log file
 * @param command the executable and its arguments
 * @param environment what is added to the launcher's own environment
 * @param directory where it runs
 * @param listening where it can be reached
 * @param ending how it is asked to end
 */
public record Program(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Listening listening,
        Ending ending) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * How a process is asked to end, and how long it may take before it is killed.
     *
     * @param signal the name of the signal without its prefix, as {@code kill} takes it
     */
    public record Ending(String signal, Duration within) {

        /** What every service understands: drain, then exit. */
        public static final Ending DRAIN = new Ending("TERM", Duration.ofSeconds(15));
    }
}
