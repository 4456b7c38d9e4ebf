package io.bascule.api.identity.sessions;

import io.bascule.api.identity.sessions.OpenSessions.Beginning;
import io.bascule.api.identity.users.Membership;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What a browser's session says: which user, in which workspace, since when. The role is looked up at each request. */
@Component
public class BrowserSession {

    /** Name of the session cookie. */
    public static final String COOKIE = "bascule_session";

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final String USER = "user";
    private static final String WORKSPACE = "workspace";
    private static final String SIGNED_IN_AT = "signedInAt";

    private static final int LONGEST_CLIENT_NAME = 200;

    private final OpenSessions openSessions;
    private final InstantSource clock;

    BrowserSession(OpenSessions openSessions, InstantSource clock) {
        this.openSessions = openSessions;
        this.clock = clock;
    }

    /** A user and the workspace they work in. */
    public record Identity(UUID user, UUID workspace) {}

    /** Whose session the request carries; empty if none, if it has ended, or if it began longer ago than seven days. */
    public Optional<Identity> find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(SIGNED_IN_AT) instanceof Long signedInAt)) {
            return Optional.empty();
        }
        if (clock.instant().isAfter(Instant.ofEpochMilli(signedInAt).plus(LONGEST))) {
            session.invalidate();
            return Optional.empty();
        }
        return Optional.of(new Identity(UUID.fromString((String) session.getAttribute(USER)), UUID.fromString((String)
                session.getAttribute(WORKSPACE))));
    }

    /** Opens a session under a new id; one that the request already had ends. */
    void open(HttpServletRequest request, Membership membership) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setAttribute(USER, membership.user().toString());
        session.setAttribute(WORKSPACE, membership.workspace().toString());
        Instant now = clock.instant();
        session.setAttribute(SIGNED_IN_AT, now.toEpochMilli());
        var beginning = new Beginning(session.getId(), now, request.getRemoteAddr(), client(request));
        openSessions.add(membership.user(), beginning, LONGEST);
    }

    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            if (session.getAttribute(USER) instanceof String user) {
                openSessions.remove(UUID.fromString(user), session.getId());
            }
            session.invalidate();
        }
    }

    private static String client(HttpServletRequest request) {
        String name = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        return name.substring(0, Math.min(name.length(), LONGEST_CLIENT_NAME));
    }
}
