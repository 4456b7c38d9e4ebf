package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.bundle.TestBundles;
import io.bascule.runner.sandbox.Confinement;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.runner.sandbox.SandboxedProcess;
import io.bascule.testsupport.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WarmPoolTests {

    private static final MemorySize USUAL = new MemorySize(256);

    private final AtomicLong now = new AtomicLong();
    private final WarmPool pool = new WarmPool(
            new NoProcesses(),
            Language.JAVASCRIPT,
            USUAL,
            new RefillPolicy(0, 2),
            new CpuBudget(1, now::get),
            now::get);

    @Test
    void aBundleIsHeldWhileJobsMayComeForItAndNoLonger() throws Exception {
        pool.start();
        try (Bundles bundles = TestBundles.withoutRoom()) {
            Path first;
            try (Bundles.Held held = hold(bundles, "first")) {
                first = held.directory();
                assertThat(pool.take(USUAL, held)).isEmpty();
            }
            hold(bundles, "second").close();
            assertThat(first).isDirectory();

            now.addAndGet(Duration.ofSeconds(61).toNanos());
            assertThat(pool.take(USUAL, null)).isEmpty();

            Await.until(() -> isGone(bundles, first));
        } finally {
            pool.stop();
        }
    }

    /** What nobody holds goes when the next one comes. */
    private static boolean isGone(Bundles bundles, Path bundle) {
        try {
            hold(bundles, "third").close();
            return !Files.exists(bundle);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Bundles.Held hold(Bundles bundles, String text) throws Exception {
        return bundles.hold(Language.JAVASCRIPT, TestBundles.archive(Map.of("index.js", text)), "index.js");
    }

    /** Has none to give. */
    private static final class NoProcesses implements Sandbox {

        @Override
        public SandboxedProcess start(Language language, MemorySize memory, @Nullable Path bundle) {
            throw new ProcessRefusedException("there are none here");
        }

        @Override
        public Confinement confinement() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Language> languages() {
            return Set.of(Language.JAVASCRIPT);
        }

        @Override
        public Path placeOf(Path bundle) {
            return bundle;
        }
    }
}
