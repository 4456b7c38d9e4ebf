package io.bascule.api.identity.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.redis.core.BoundHashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which sessions each user has open, at most {@value #MOST} a user: one Redis hash, from an id that may be shown to the
 * session's own. Sessions that ended by themselves are dropped when the list is read.
 */
@Component
class OpenSessions {

    static final int MOST = 50;

    private static final String KEY = "bascule:sessions-of:";
    /** A session is stored at the end of the request that opens it, a moment after it is noted here. */
    private static final Duration STILL_BEGINNING = Duration.ofMinutes(1);

    private static final int SHOWN_DIGITS = 24;

    private final StringRedisTemplate redis;
    private final SessionRepository<? extends Session> sessions;
    private final JsonMapper json;
    private final InstantSource clock;

    OpenSessions(
            StringRedisTemplate redis,
            SessionRepository<? extends Session> sessions,
            JsonMapper json,
            InstantSource clock) {
        this.redis = redis;
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * How a session began.
     *
     * @param session its secret id
     * @param client what the browser calls itself
     */
    record Beginning(String session, Instant signedInAt, String address, String client) {}

    /**
     * A session that is still open.
     *
     * @param id may be shown; opens nothing
     */
    record Open(String id, Beginning beginning, Instant lastSeenAt) {}

    void add(UUID user, Beginning beginning, Duration longest) {
        var ofUser = ofUser(user);
        if (ofUser.size() >= MOST) {
            list(user).stream().skip(MOST - 1L).forEach(oldest -> end(user, oldest));
        }
        ofUser.put(shownId(beginning.session()), json.writeValueAsString(beginning));
        ofUser.expire(longest);
    }

    void remove(UUID user, String session) {
        ofUser(user).delete(shownId(session));
    }

    /** Newest first. */
    List<Open> list(UUID user) {
        List<Open> open = new ArrayList<>();
        for (Map.Entry<String, String> entry : ofUser(user).entries().entrySet()) {
            Beginning beginning = json.readValue(entry.getValue(), Beginning.class);
            Session session = sessions.findById(beginning.session());
            if (session != null) {
                open.add(new Open(entry.getKey(), beginning, session.getLastAccessedTime()));
            } else if (clock.instant().isAfter(beginning.signedInAt().plus(STILL_BEGINNING))) {
                ofUser(user).delete(entry.getKey());
            }
        }
        open.sort(Comparator.comparing((Open each) -> each.beginning().signedInAt())
                .reversed());
        return open;
    }

    Optional<Open> find(UUID user, String shownId) {
        return list(user).stream().filter(open -> open.id().equals(shownId)).findFirst();
    }

    void end(UUID user, Open open) {
        sessions.deleteById(open.beginning().session());
        ofUser(user).delete(open.id());
    }

    private BoundHashOperations<String, String, String> ofUser(UUID user) {
        return redis.boundHashOps(KEY + user);
    }

    static String shownId(String session) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(session.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
