package io.bascule.api.scaling;

import io.bascule.scaling.Course;
import io.bascule.scaling.Load;
import io.bascule.scaling.LoadText;
import io.bascule.scaling.PodRange;
import io.bascule.scaling.Policy;
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
 * @param load jobs a second: {@code steady:RATE}, {@code spike:RATE:PEAK:FROM:TO} or {@code daily:LEAST:MOST:PERIOD}
 * @param jobSeconds how long a job takes; 1 when absent
 * @param startSeconds from when a pod is made until it works; 20 when absent
 * @param minutes for how long; 60 when absent
 * @param minPods other than deployed
 * @param maxPods other than deployed
 */
record WantedSimulation(
        @NotNull String component,
        @NotNull @Size(max = 200) String load,
        @Nullable @DecimalMin("0.001") @DecimalMax("86400") Double jobSeconds,
        @Nullable @Min(0) @Max(3600) Integer startSeconds,
        @Nullable @Min(1) @Max(1440) Integer minutes,
        @Nullable @Min(1) @Max(1000) Integer minPods,
        @Nullable @Min(1) @Max(1000) Integer maxPods) {

    Course run(ScalingFile file) {
        Policy deployed = at("/component", () -> file.policy(component));
        Load arriving = at("/load", () -> LoadText.read(load));
        Policy policy = new Policy(
                component,
                at("/minPods", () -> range(deployed)),
                deployed.pace(),
                deployed.signals(),
                deployed.slots());
        Work work = new Work(or(jobSeconds, 1.0), deployed.slots(), or(startSeconds, 20));
        return new Simulation(policy, work).run(arriving, or(minutes, 60) * 60);
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
            String message = String.valueOf(wrong.getMessage());
            throw new ProblemException(
                    CommonProblem.INVALID_INPUT, message, List.of(new FieldProblem(pointer, message)));
        }
    }
}
