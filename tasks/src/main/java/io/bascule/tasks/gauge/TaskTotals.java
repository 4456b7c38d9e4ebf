package io.bascule.tasks.gauge;

import java.util.List;

/**
 * What became of all tasks of the platform, as far as it has been counted. A task that is retried by hand is accepted once
 * more, so that accepted less finished is always what lives.
 *
 * @param accepted tasks that were taken in
 * @param started attempts: claims by workers
 * @param finished tasks that reached an end, by that end
 * @param waits how long an attempt waited since it might have started, one entry an attempt
 * @param runs how long an attempt ran, from its claim to its end or its return, one entry an attempt that is over
 */
public record TaskTotals(
        List<Count> accepted,
        List<Count> started,
        List<Count> finished,
        List<Distribution> waits,
        List<Distribution> runs) {

    public TaskTotals {
        accepted = List.copyOf(accepted);
        started = List.copyOf(started);
        finished = List.copyOf(finished);
        waits = List.copyOf(waits);
        runs = List.copyOf(runs);
    }

    /**
     * A number of tasks or attempts.
     *
     * @param outcome the final state; empty where there is none
     */
    public record Count(String lane, String type, String outcome, long number) {}

    /**
     * How times are spread.
     *
     * @param numbers one a bucket of {@link CountTaskEvents#BOUNDS}, not cumulative, the last without an upper bound
     * @param seconds their sum
     */
    public record Distribution(String lane, String type, List<Long> numbers, double seconds) {

        public Distribution {
            numbers = List.copyOf(numbers);
        }
    }
}
