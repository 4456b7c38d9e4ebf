package io.bascule.api.identity.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.caller.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ApiTest
class SignInThrottleTests {

    private final Api api;
    private final MovableClock clock;

    SignInThrottleTests(Api api, MovableClock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Test
    void anAccountPausesAfterFiveFailuresAndLongerWithEachMore() {
        api.newUser("guessed", Role.VIEWER);
        try (var _ = clock.hold()) {
            for (int attempt = 1; attempt <= 5; attempt++) {
                assertThat(signIn("guessed", "wrong", "203.0.113." + attempt).code())
                        .isEqualTo("wrong-credentials");
            }

            Answer paused = signIn("guessed", Api.PASSWORD, "203.0.113.6");
            assertThat(paused.status()).isEqualTo(429);
            assertThat(paused.code()).isEqualTo("too-many-attempts");
            assertThat(Long.parseLong(paused.header("Retry-After"))).isEqualTo(1);

            clock.advance(Duration.ofSeconds(1));
            assertThat(signIn("guessed", "wrong", "203.0.113.7").code()).isEqualTo("wrong-credentials");
            assertThat(Long.parseLong(signIn("guessed", "wrong", "203.0.113.8").header("Retry-After")))
                    .isEqualTo(2);

            clock.advance(Duration.ofSeconds(2));
            assertThat(signIn("guessed", Api.PASSWORD, "203.0.113.9").status()).isEqualTo(200);
            assertThat(signIn("guessed", "wrong", "203.0.113.10").code()).isEqualTo("wrong-credentials");
        }
    }

    @Test
    void anUnknownNamePausesAsAKnownOneDoes() {
        try (var _ = clock.hold()) {
            for (int attempt = 1; attempt <= 5; attempt++) {
                signIn("nobody-at-all", "wrong", "203.0.113." + (20 + attempt));
            }

            assertThat(signIn("NOBODY-at-all", "wrong", "203.0.113.26").code()).isEqualTo("too-many-attempts");
        }
    }

    @Test
    void anAddressPausesWhateverTheNames() {
        try (var _ = clock.hold()) {
            for (int attempt = 1; attempt <= 30; attempt++) {
                assertThat(signIn("name-" + attempt, "wrong", "198.51.100.7").status())
                        .isEqualTo(401);
            }

            assertThat(signIn("name-31", "wrong", "198.51.100.7").code()).isEqualTo("too-many-attempts");
            assertThat(signIn("name-31", "wrong", "198.51.100.8").code()).isEqualTo("wrong-credentials");
        }
    }

    private Answer signIn(String username, String password, String address) {
        return api.anonymous()
                .with("X-Forwarded-For", address)
                .post("/api/v1/session", Map.of("username", username, "password", password));
    }
}
