package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthorityCommandTests extends SignedInTest {

    private static final String ROTATING = """
            {"items": [
              {"state": "signing", "fingerprint": "aa11", "signsFrom": "2026-01-01T00:00:00Z",
               "trustedUntil": "2026-08-02T12:00:00Z", "expiresAt": "2035-12-30T00:00:00Z"},
              {"state": "next", "fingerprint": "bb22", "signsFrom": "2026-07-02T12:00:00Z",
               "trustedUntil": null, "expiresAt": "2036-05-29T12:00:00Z"}]}
            """;

    @Test
    void aRotationShowsWhoSignsAndWhoIsNext() {
        api.answers("POST /authorities:rotate", 200, ROTATING);

        assertThat(terminal.run("authority", "rotate")).isZero();

        assertThat(terminal.out().lines().filter(line -> line.contains("aa11")))
                .singleElement()
                .asString()
                .contains("signing", "2026-08-02");
        assertThat(terminal.out().lines().filter(line -> line.contains("bb22")))
                .singleElement()
                .asString()
                .contains("next", "2026-07-02");
    }

    @Test
    void oneThatRunsAlreadyIsSaidWithItsEnd() {
        api.answers("POST /authorities:rotate", 409, """
                {"code": "authority-rotation-running", "detail": "The last rotation is over at 2026-08-02T12:00:00Z"}""");

        assertThat(terminal.run("authority", "rotate")).isNotZero();

        assertThat(terminal.err()).contains("is over at 2026-08-02");
    }
}
