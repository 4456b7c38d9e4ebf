package io.bascule.api.schedules;

import io.bascule.service.problem.FieldProblem;
import io.bascule.tasks.schedule.CronTimes;
import io.bascule.tasks.schedule.When;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule runs, as it is sent: by a cron expression or at an interval.
 *
 * @param cron five fields, or a macro such as {@code @daily}
 * @param zone the time zone of the expression; UTC by default
 * @param every an ISO 8601 duration, such as {@code PT15M}
 */
record WantedTimes(
        @Nullable String cron,
        @Nullable String zone,
        @Nullable String every) {

    private static final String UTC = "UTC";

    /** Adds what is wrong to the problems; empty when anything is. */
    Optional<When> check(List<FieldProblem> problems) {
        if ((cron == null) == (every == null)) {
            problems.add(new FieldProblem(
                    "/when", "give either cron, such as \"0 9 * * MON-FRI\", or every, such as \"PT15M\""));
            return Optional.empty();
        }
        if (every != null) {
            if (zone != null) {
                problems.add(new FieldProblem("/when/zone", "leave it out: an interval knows no time zone"));
            }
            return read("/when/every", every, When.Every::parse, problems).map(When.class::cast);
        }
        Optional<CronTimes> times = read("/when/cron", cron == null ? "" : cron, CronTimes::parse, problems);
        Optional<ZoneId> place = read("/when/zone", zone == null ? UTC : zone, When.Cron::zone, problems);
        return times.flatMap(known -> place.map(there -> new When.Cron(known, there)));
    }

    private static <T> Optional<T> read(
            String pointer, String text, Function<String, T> reading, List<FieldProblem> problems) {
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException refused) {
            problems.add(new FieldProblem(pointer, String.valueOf(refused.getMessage())));
            return Optional.empty();
        }
    }
}
