package io.bascule.api.scaling.recorded;

import static java.util.stream.Collectors.joining;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.HomeWorkspace;
import io.bascule.api.caller.Role;
import io.bascule.api.scaling.prometheus.AskPrometheus;
import io.bascule.api.scaling.prometheus.PrometheusProblem;
import io.bascule.scaling.Load.Recorded;
import io.bascule.scaling.RecordedLoad;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Reads what came to a component in the last minutes. */
@Component
class ReadRecordedLoad {

    private static final int MOST_MINUTES = 1440;

    private final AskPrometheus prometheus;
    private final InstantSource clock;

    ReadRecordedLoad(AskPrometheus prometheus, InstantSource clock) {
        this.prometheus = prometheus;
        this.clock = clock;
    }

    RecordedLoadView read(Caller caller, String component, int minutes) {
        HomeWorkspace.require(caller, Role.VIEWER);
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw invalid("/minutes", "minutes: %d (expected: 1 to %d)".formatted(minutes, MOST_MINUTES));
        }
        RangeQuery query = RangeQuery.of(component, clock.instant(), minutes)
                .orElseThrow(() -> invalid("/component", "no series tells what comes to %s".formatted(component)));
        Recorded load = load(prometheus.ask(query.question()));
        return new RecordedLoadView(
                component,
                query.query(),
                query.from(),
                query.until(),
                query.stepSeconds(),
                load.samples().size(),
                lines(load));
    }

    private static Recorded load(String answer) {
        if (answer.contains("\"result\":[]")) {
            throw new ProblemException(
                    PrometheusProblem.NOTHING_RECORDED,
                    "It knows nothing of this in that time: it may not scrape this platform, or nothing came");
        }
        try {
            return RecordedLoad.read(answer);
        } catch (IllegalArgumentException unusable) {
            throw new ProblemException(
                    PrometheusProblem.PROMETHEUS_ANSWER_UNUSABLE, String.valueOf(unusable.getMessage()));
        }
    }

    private static String lines(Recorded load) {
        return load.samples().stream()
                .map(sample -> String.format(Locale.ROOT, "%d,%.6f", sample.second(), sample.perSecond()))
                .collect(joining("\n"));
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem(pointer, detail)));
    }
}
