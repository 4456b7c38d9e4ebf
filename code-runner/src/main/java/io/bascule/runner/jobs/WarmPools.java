package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.Sandbox;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** A pool for each language that runs here, of processes with the memory that jobs get by default. */
final class WarmPools implements SmartLifecycle {

    private final Sandbox sandbox;
    private final MemorySize memory;
    private final int size;
    private final Map<Language, WarmPool> pools = new EnumMap<>(Language.class);

    /** Each holds up to {@code size} processes that may use {@code memory}. */
    WarmPools(Sandbox sandbox, MemorySize memory, int size) {
        this.sandbox = sandbox;
        this.memory = memory;
        this.size = size;
    }

    /** A process of that language and memory that is ready, if there is one. */
    Optional<PreparedProcess> take(Language language, MemorySize wanted) {
        return wanted.equals(memory) ? of(language).flatMap(WarmPool::take) : Optional.empty();
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
        var pool = new WarmPool(sandbox, language, memory, size);
        pools.put(language, pool);
        pool.start();
    }

    @Override
    public synchronized void stop() {
        pools.values().forEach(WarmPool::stop);
        pools.clear();
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
