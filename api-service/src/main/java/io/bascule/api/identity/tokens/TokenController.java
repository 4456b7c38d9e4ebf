package io.bascule.api.identity.tokens;

import io.bascule.api.caller.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own tokens. */
@RestController
@RequestMapping(path = "/api/{version}/tokens", version = "1")
class TokenController {

    private final AccessTokens tokens;
    private final CreateToken createToken;
    private final RevokeToken revokeToken;

    TokenController(AccessTokens tokens, CreateToken createToken, RevokeToken revokeToken) {
        this.tokens = tokens;
        this.createToken = createToken;
        this.revokeToken = revokeToken;
    }

    /**
     * A token to make.
     *
     * @param name what it is for
     * @param expiresInDays after so many days it is refused; without it, never
     */
    record NewToken(
            @NotNull @Size(min = 1, max = 128) String name,
            @Nullable @Min(1) @Max(3650) Integer expiresInDays) {}

    /** A new token, shown this once. */
    record CreatedToken(
            UUID id,
            String name,
            String token,
            Instant createdAt,
            @Nullable Instant expiresAt) {

        @Override
        public String toString() {
            return "CreatedToken[" + id + "]";
        }
    }

    /** All tokens of the caller, newest first. */
    record TokenList(List<AccessToken> items) {}

    @GetMapping
    @Operation(summary = "List your personal tokens")
    TokenList list(Caller caller) {
        return new TokenList(tokens.list(caller.user(), caller.workspace()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a personal token; its text is shown this once")
    ResponseEntity<CreatedToken> create(Caller caller, @Valid @RequestBody NewToken request) {
        Optional<Duration> life = Optional.ofNullable(request.expiresInDays()).map(Duration::ofDays);
        var created = createToken.create(caller, request.name(), life);
        AccessToken token = created.token();
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new CreatedToken(
                        token.id(), token.name(), created.text().value(), token.createdAt(), token.expiresAt()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke one of your tokens")
    void revoke(Caller caller, @PathVariable UUID id) {
        revokeToken.revoke(caller, id);
    }
}
