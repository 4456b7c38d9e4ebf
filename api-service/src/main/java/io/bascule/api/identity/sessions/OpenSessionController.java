package io.bascule.api.identity.sessions;

import io.bascule.api.caller.Caller;
import io.bascule.api.identity.sessions.OpenSessions.Open;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the caller is signed in. */
@RestController
@RequestMapping(path = "/api/{version}/sessions", version = "1")
class OpenSessionController {

    private final OpenSessions sessions;
    private final RevokeSession revokeSession;

    OpenSessionController(OpenSessions sessions, RevokeSession revokeSession) {
        this.sessions = sessions;
        this.revokeSession = revokeSession;
    }

    /**
     * An open session.
     *
     * @param current whether this request came with it
     * @param client what the browser calls itself
     */
    record OpenSession(
            String id, boolean current, Instant signedInAt, Instant lastSeenAt, String address, String client) {

        static OpenSession of(Open open, String current) {
            var beginning = open.beginning();
            return new OpenSession(
                    open.id(),
                    beginning.session().equals(current),
                    beginning.signedInAt(),
                    open.lastSeenAt(),
                    beginning.address(),
                    beginning.client());
        }
    }

    /** All open sessions of the caller, newest first. */
    record OpenSessionList(List<OpenSession> items) {}

    @GetMapping
    @Operation(summary = "List where you are signed in")
    OpenSessionList list(Caller caller, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String current = session == null ? "" : session.getId();
        return new OpenSessionList(sessions.list(caller.user()).stream()
                .map(open -> OpenSession.of(open, current))
                .toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign one of your sessions out")
    void revoke(Caller caller, @PathVariable String id, HttpServletRequest request) {
        revokeSession.revoke(caller, id);
        HttpSession session = request.getSession(false);
        if (session != null && OpenSessions.shownId(session.getId()).equals(id)) {
            // Or it would be written once more at the end of this request.
            session.invalidate();
        }
    }
}
