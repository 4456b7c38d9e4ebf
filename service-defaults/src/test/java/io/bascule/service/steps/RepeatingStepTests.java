package io.bascule.service.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RepeatingStepTests {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch through = new CountDownLatch(1);

    private static void fails() {
        throw new IllegalStateException("away");
    }

    private static void breaks() {
        throw new NoClassDefFoundError("gone");
    }

    @Test
    void nothingThatIsThrownEndsItAndEachKindOfFailureIsToldOnceAndItsEnd(CapturedOutput output)
            throws InterruptedException {
        steps.add(RepeatingStepTests::fails);
        steps.add(RepeatingStepTests::fails);
        steps.add(RepeatingStepTests::breaks);
        steps.add(() -> {});
        steps.add(RepeatingStepTests::breaks);
        steps.add(through::countDown);
        var repeating = RepeatingStep.atOnce("a test's steps", PAUSE, this::next);

        repeating.start();
        assertThat(through.await(10, TimeUnit.SECONDS))
                .as("all steps were taken")
                .isTrue();
        repeating.stop();

        assertThat(output.getAll().lines().filter(line -> line.contains("a test's steps: ")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("ERROR", "a step failed"),
                        other -> assertThat(other).contains("ERROR", "a step failed"),
                        second -> assertThat(second).contains("INFO", "works again"),
                        third -> assertThat(third).contains("ERROR", "a step failed"),
                        fourth -> assertThat(fourth).contains("INFO", "works again"));
    }

    @Test
    void afterItsStopNoStepIsTakenUntilItIsStartedAgain() throws InterruptedException {
        var taken = new AtomicInteger();
        var repeating = new RepeatingStep("a test's steps", PAUSE, () -> {
            taken.incrementAndGet();
            through.countDown();
        });
        repeating.start();
        repeating.start();
        assertThat(through.await(10, TimeUnit.SECONDS)).isTrue();

        repeating.stop();
        repeating.stop();
        int before = taken.get();
        Thread.sleep(PAUSE.multipliedBy(20));

        assertThat(taken).hasValue(before);
    }

    private void next() {
        Runnable step = steps.poll();
        if (step != null) {
            step.run();
        }
    }
}
