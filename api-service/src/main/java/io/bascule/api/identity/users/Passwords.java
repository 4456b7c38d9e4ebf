package io.bascule.api.identity.users;

import io.bascule.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords with Argon2id (19 MiB, 2 passes). Only as many run at once as there are processors: a
 * flood of sign-ins waits, then is refused, and takes neither the memory nor the processors from others.
 */
@Component
public class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int PASSES = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIBIBYTES, PASSES);
    private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final String nobodysHash = encoder.encode("nobody has this password");

    String hash(String password) {
        return encoder.encode(password);
    }

    /** Takes as long for an unknown user (null) as for a known one. */
    public boolean matches(String password, @Nullable String hash) {
        boolean matches = inASlot(() -> encoder.matches(password, hash == null ? nobodysHash : hash));
        return matches && hash != null;
    }

    private <T> T inASlot(Supplier<T> work) {
        try {
            if (!slots.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooBusy();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw tooBusy();
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    private static ProblemException tooBusy() {
        return ProblemException.retryable(
                UserProblem.TOO_BUSY, "Too many sign-ins at once; try again in a moment", LONGEST_WAIT);
    }
}
