package io.bascule.api.identity.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.api.identity.sessions.SignInProperties.Pauses;
import io.bascule.service.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Slows password guessing, per account and per address, over all pods. An attempt is counted before its password is
 * checked and taken back when it was right, so that guessing in parallel gains nothing. Without Redis nobody is slowed:
 * a limit that cannot be kept must not lock everyone out.
 */
@Component
class SignInThrottle {

    private static final Logger log = LoggerFactory.getLogger(SignInThrottle.class);
    private static final RedisScript<Long> ADMIT =
            RedisScript.of(new ClassPathResource("redis/admit-sign-in.lua"), Long.class);

    private final StringRedisTemplate redis;
    private final InstantSource clock;
    private final SignInProperties properties;

    SignInThrottle(StringRedisTemplate redis, InstantSource clock, SignInProperties properties) {
        this.redis = redis;
        this.clock = clock;
        this.properties = properties;
    }

    /** Counts an attempt, or refuses it with {@code too-many-attempts} while the account or the address must pause. */
    void admit(String username, String address) {
        Duration pause = pause(username, address);
        if (pause.isPositive()) {
            throw ProblemException.retryable(
                    SessionProblem.TOO_MANY_ATTEMPTS,
                    "Try again in %d s".formatted(Math.max(1, pause.toSeconds())),
                    pause);
        }
    }

    /** The password was right: the account starts anew, and this attempt does not count for the address. */
    void forgive(String username, String address) {
        try {
            redis.delete(accountKey(username));
            redis.opsForHash().increment(addressKey(address), "failures", -1);
        } catch (DataAccessException away) {
            log.debug("Nothing to forgive without Redis", away);
        }
    }

    private Duration pause(String username, String address) {
        try {
            Duration pause = count(accountKey(username), properties.accountPauses());
            return pause.isPositive() ? pause : count(addressKey(address), properties.addressPauses());
        } catch (DataAccessException away) {
            log.warn("Sign-ins are not slowed while Redis is away: {}", away.getMessage());
            return Duration.ZERO;
        }
    }

    private Duration count(String key, Pauses pauses) {
        Long wait = redis.execute(
                ADMIT,
                List.of(key),
                Long.toString(clock.millis()),
                Integer.toString(pauses.freeAttempts()),
                Long.toString(pauses.firstPause().toMillis()),
                Long.toString(pauses.longestPause().toMillis()),
                Long.toString(pauses.memory().toMillis()));
        return Duration.ofMillis(wait);
    }

    /** Names are hashed: people type passwords into the wrong field, and Redis is no place for those. */
    private static String accountKey(String username) {
        return "bascule:sign-in:account:" + sha256(username.toLowerCase(Locale.ROOT));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String addressKey(String address) {
        return "bascule:sign-in:address:" + address;
    }
}
