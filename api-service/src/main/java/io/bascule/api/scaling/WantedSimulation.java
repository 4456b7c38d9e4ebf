package io.bascule.api.scaling;

import io.bascule.scaling.Course;
import io.bascule.scaling.Load;
import io.bascule.scaling.LoadText;
import io.bascule.scaling.PodRange;
import io.bascule.scaling.Policy;
import io.bascule.scaling.RecordedLoad;
import io.bascule.scaling.ScalingFile;
import io.bascule.scaling.Simulation;
import io.bascule.scaling.Work;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A load to replay.
 *
 * @param load jobs a second: {@code steady:RATE}, {@code spike:RATE:PEAK:FROM:TO} or {@code daily:LEAST:MOST:PERIOD}; absent when
 *     {@code recorded} is given
 * @param recorded a load that was recorded: the text that Prometheus answers to {@code query_range}, or lines
 *     {@code SECOND,JOBS_PER_SECOND}
 * @param jobSeconds how long a job takes; 1 when absent
 * @param startSeconds from when a pod is made until it works; 20 when absent
 * @param minutes for how long; when absent 60, or as long as what was recorded, a day at most
 * @param minPods other than deployed
 * @param maxPods other than deployed
 */
record WantedSimulation(
        @NotNull String component,
        @Nullable @Size(max = 200) String load,
        @Nullable @Size(max = 2_000_000) String recorded,
        @Nullable @DecimalMin("0.001") @DecimalMax("86400") Double jobSeconds,
        @Nullable @Min(0) @Max(3600) Integer startSeconds,
        @Nullable @Min(1) @Max(MOST_MINUTES) Integer minutes,
        @Nullable @Min(1) @Max(1000) Integer minPods,
        @Nullable @Min(1) @Max(1000) Integer maxPods) {

    private static final int MOST_MINUTES = 1440;

    Course run(ScalingFile file) {
        Policy deployed = at("/component", () -> file.policy(component));
        Load arriving = arriving();
        Policy policy = new Policy(
                component,
                at("/minPods", () -> range(deployed)),
                deployed.pace(),
                deployed.signals(),
                deployed.slots());
        Work work = new Work(or(jobSeconds, 1.0), deployed.slots(), or(startSeconds, 20));
        return at(
                minutes == null && load == null ? "/recorded" : "/minutes",
                () -> new Simulation(policy, work).run(arriving, seconds(arriving)));
    }

    private Load arriving() {
        String text = load;
        String measured = recorded;
        if (text != null && measured == null) {
            return at("/load", () -> LoadText.read(text));
        } else if (measured != null && text == null) {
            return at("/recorded", () -> RecordedLoad.read(measured));
        }
        throw refused(
                "/load", "load: %s (expected: either load or recorded)".formatted(text == null ? "none" : "both"));
    }

    private int seconds(Load arriving) {
        if (minutes == null && arriving instanceof Load.Recorded measured) {
            return Math.min(measured.seconds(), MOST_MINUTES * 60);
        }
        return or(minutes, 60) * 60;
    }

    private PodRange range(Policy deployed) {
        return new PodRange(
                or(minPods, deployed.pods().min()), or(maxPods, deployed.pods().max()));
    }

    private static <T> T or(@Nullable T wanted, T usual) {
        return wanted == null ? usual : wanted;
    }

    private static <T> T at(String pointer, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException wrong) {
            throw refused(pointer, String.valueOf(wrong.getMessage()));
        }
    }

    private static ProblemException refused(String pointer, String message) {
        return new ProblemException(CommonProblem.INVALID_INPUT, message, List.of(new FieldProblem(pointer, message)));
    }
}
