package io.bascule.api.certificates;

import com.fasterxml.jackson.annotation.JsonValue;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The authorities that sign the certificates of agents, bridges and clients. */
@RestController
@RequestMapping(path = "/api/{version}", version = "1")
class AuthorityController {

    private final Authorities authorities;
    private final RotateAuthority rotateAuthority;

    AuthorityController(Authorities authorities, RotateAuthority rotateAuthority) {
        this.authorities = authorities;
        this.rotateAuthority = rotateAuthority;
    }

    @GetMapping("/authorities")
    @Operation(summary = "List the certificate authorities that are believed, the one that signs first")
    AuthorityList list(Caller caller) {
        caller.require(Role.ADMIN);
        return AuthorityList.of(authorities.inForce());
    }

    @PostMapping("/authorities:rotate")
    @Operation(
            summary = "Make a new certificate authority, which takes the place of the present one without interruption")
    AuthorityList rotate(Caller caller) {
        AuthoritiesInForce begun = rotateAuthority.rotate(caller);
        authorities.refresh();
        return AuthorityList.of(begun);
    }

    record AuthorityList(List<AuthorityView> items) {

        static AuthorityList of(AuthoritiesInForce authorities) {
            Authority signing = authorities.signing();
            return new AuthorityList(Stream.concat(
                            Stream.of(AuthorityView.of(signing, State.SIGNING)),
                            authorities.others().stream()
                                    .map(other -> AuthorityView.of(other, State.of(other, signing))))
                    .toList());
        }
    }

    /** Where an authority stands in a rotation. */
    enum State {
        /** Made known, and not used yet. */
        NEXT,
        SIGNING,
        /** Another one signs; what this one signed is believed. */
        RETIRING;

        static State of(Authority other, Authority signing) {
            return other.signsFrom().isAfter(signing.signsFrom()) ? NEXT : RETIRING;
        }

        /** As it stands in JSON. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One authority.
     *
     * @param fingerprint SHA-256 of its certificate, in hexadecimal digits
     * @param trustedUntil null while none is to take its place
     * @param expiresAt when its certificate ends
     */
    record AuthorityView(
            UUID id,
            State state,
            String fingerprint,
            Instant signsFrom,
            @Nullable Instant trustedUntil,
            Instant expiresAt) {

        static AuthorityView of(Authority authority, State state) {
            return new AuthorityView(
                    authority.id(),
                    state,
                    authority.fingerprint(),
                    authority.signsFrom(),
                    authority.trustedUntil().orElse(null),
                    authority.signer().certificate().getNotAfter().toInstant());
        }
    }
}
