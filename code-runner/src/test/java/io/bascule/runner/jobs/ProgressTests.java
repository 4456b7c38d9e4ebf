package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsPython;
import io.bascule.runner.sandbox.NeedsSandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What a function says of how far it is. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class ProgressTests {

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(2, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void itIsPassedOnWithItsMessage() {
        var course = begin(Language.JAVASCRIPT, """
                const handler = async (input, context) => {
                  context.progress(10, 'begun');
                  await new Promise((resolve) => setTimeout(resolve, 150));
                  context.progress(50.5, 'half');
                  context.progress(100, 'ready');
                };
                """);

        assertThat(course.await().outcome()).isEqualTo(new Succeeded("null"));
        assertThat(course.progress).containsExactly("10 begun", "50 half", "100 ready");
    }

    @Test
    @NeedsPython
    void itIsPassedOnFromPythonToo() {
        var course = begin(Language.PYTHON, "def handler(input, context): context.progress(40, 'grün')");

        assertThat(course.await().outcome()).isEqualTo(new Succeeded("null"));
        assertThat(course.progress).containsExactly("40 grün");
    }

    @Test
    void aFloodOfItIsThinnedOutAndGoesForwardOnly() {
        var course = begin(Language.JAVASCRIPT, """
                const handler = (input, context) => {
                  for (let n = 0; n < 20000; n++) context.progress(n % 90);
                  context.progress(100);
                  for (let n = 0; n < 1000; n++) context.progress(100);
                };
                """);

        assertThat(course.await().outcome()).isEqualTo(new Succeeded("null"));
        assertThat(course.progress).hasSizeLessThan(100).startsWith("0 ").endsWith("100 ");
        assertThat(course.progress.stream()
                        .map(step -> Integer.valueOf(step.strip()))
                        .toList())
                .isSorted();
    }

    @Test
    void aLieOnTheChannelFailsTheJob() {
        var course = begin(Language.JAVASCRIPT, """
                const handler = () => { require('fs').writeSync(3, Buffer.from([0x14, 0, 0, 0, 1, 101])); for (;;) {} };
                """);

        assertThat(course.await().outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.name()).isEqualTo("ChannelError"));
        assertThat(course.progress).isEmpty();
    }

    private TestRunner.Course begin(Language language, String source) {
        return runner.begin(language, source, "{}", TestRunner.LIMITS);
    }
}
