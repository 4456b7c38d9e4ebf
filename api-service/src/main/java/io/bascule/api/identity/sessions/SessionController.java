package io.bascule.api.identity.sessions;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import io.bascule.api.identity.users.Membership;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in, out, and asking who one is. */
@RestController
@RequestMapping(path = "/api/{version}/session", version = "1")
class SessionController {

    private final SignIn signIn;
    private final SignOut signOut;
    private final BrowserSession sessions;

    SessionController(SignIn signIn, SignOut signOut, BrowserSession sessions) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.sessions = sessions;
    }

    /** A name and a password. */
    record Credentials(
            @NotNull @Size(min = 1, max = 128) String username,
            @NotNull @Size(min = 1, max = 256) String password) {

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** Who is signed in, where, as what. */
    record Session(SessionUser user, SessionWorkspace workspace, Role role) {

        static Session of(Caller caller) {
            return new Session(
                    new SessionUser(caller.user(), caller.username()),
                    new SessionWorkspace(caller.workspace(), caller.workspaceName()),
                    caller.role());
        }
    }

    /** The user of a session. */
    record SessionUser(UUID id, String username) {}

    /** The workspace of a session. */
    record SessionWorkspace(UUID id, String name) {}

    @PostMapping
    @Operation(summary = "Sign in with name and password; sets the session cookie")
    Session create(@Valid @RequestBody Credentials credentials, RequestOrigin origin, HttpServletRequest request) {
        Membership member = signIn.signIn(credentials.username(), credentials.password(), origin);
        sessions.open(request, member);
        return Session.of(member.from(origin));
    }

    @GetMapping
    @Operation(summary = "Tell who is signed in")
    Session show(Caller caller) {
        return Session.of(caller);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out")
    void delete(Caller caller, HttpServletRequest request) {
        signOut.signOut(caller);
        sessions.end(request);
    }
}
