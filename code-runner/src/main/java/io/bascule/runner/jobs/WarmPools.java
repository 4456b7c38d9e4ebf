package io.bascule.runner.jobs;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.Sandbox;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A pool for each language that runs here; all of them share one budget of processor time. */
final class WarmPools implements SmartLifecycle {

    private final Sandbox sandbox;
    private final MemorySize usual;
    private final RefillPolicy policy;
    private final CpuBudget budget;
    private final NanoClock clock;
    private final Map<Language, WarmPool> pools = new EnumMap<>(Language.class);

    /** Jobs get {@code usual} by default; each pool follows the policy. */
    WarmPools(Sandbox sandbox, MemorySize usual, RefillPolicy policy, CpuBudget budget, NanoClock clock) {
        this.sandbox = sandbox;
        this.usual = usual;
        this.policy = policy;
        this.budget = budget;
        this.clock = clock;
    }

    /** A process of that language and memory that may read that bundle and is ready, if there is one. */
    Optional<PreparedProcess> take(Language language, MemorySize wanted, Bundles.@Nullable Held bundle) {
        return of(language).flatMap(pool -> pool.take(wanted, bundle));
    }

    int ready(Language language) {
        return of(language).map(WarmPool::ready).orElse(0);
    }

    /** The pool of a language; empty when that does not run here, or nothing does. */
    synchronized Optional<WarmPool> of(Language language) {
        return Optional.ofNullable(pools.get(language));
    }

    @Override
    public synchronized void start() {
        if (pools.isEmpty()) {
            sandbox.languages().forEach(this::startPool);
        }
    }

    private void startPool(Language language) {
        var pool = new WarmPool(sandbox, language, usual, policy, budget, clock);
        pools.put(language, pool);
        pool.start();
    }

    @Override
    public void stop() {
        List<WarmPool> stopping;
        synchronized (this) {
            stopping = List.copyOf(pools.values());
            pools.clear();
        }
        stopping.forEach(WarmPool::stop);
    }

    @Override
    public synchronized boolean isRunning() {
        return !pools.isEmpty();
    }

    @Override
    public int getPhase() {
        return LauncherSandbox.PHASE + 1;
    }
}
