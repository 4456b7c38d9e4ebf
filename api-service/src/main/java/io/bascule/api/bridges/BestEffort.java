package io.bascule.api.bridges;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Does for a report what needs the database and can wait for the next one. While the database is away it is asked only
 * every few seconds, so that reports, and with them presence, do not wait for it. Safe for use by many threads.
 */
@Component
public class BestEffort {

    private static final Logger log = LoggerFactory.getLogger(BestEffort.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final AtomicReference<Instant> pausedUntil = new AtomicReference<>(Instant.MIN);

    BestEffort(InstantSource clock) {
        this.clock = clock;
    }

    /** The work's result, or the other one when the work cannot be done now. */
    public <T> T attempt(Supplier<T> work, T otherwise) {
        if (clock.instant().isBefore(pausedUntil.get())) {
            return otherwise;
        }
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            pausedUntil.set(clock.instant().plus(PAUSE));
            log.warn("Reports go on without the database: {}", e.getMessage());
            return otherwise;
        }
    }
}
