package io.bascule.tunnel.client.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.client.TestAuthority;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chain that was found good once is taken for good by its authorities only, and in its time only. */
@SuppressWarnings("NullAway.Init")
class TrustedChainsTests {

    private Instant now = Instant.now();
    private final TrustedChains chains = new TrustedChains(() -> now);
    private TestAuthority authority;
    private List<X509Certificate> agent;

    @BeforeEach
    void anAgentIsTrusted() throws Exception {
        authority = new TestAuthority();
        agent = authority.credentials("agent", "agent").certificateChain();
        chains.require(agent, List.of(authority.certificate()));
    }

    @Test
    void itIsTrustedAgain() {
        assertThatCode(() -> chains.require(agent, List.of(authority.certificate())))
                .doesNotThrowAnyException();
    }

    @Test
    void itIsNotTrustedWhenItsTimeIsOver() {
        now = now.plus(Duration.ofHours(2));

        assertThatThrownBy(() -> chains.require(agent, List.of(authority.certificate())))
                .isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void itIsNotTrustedByAnotherAuthorityOfTheSameName() throws Exception {
        X509Certificate other = new TestAuthority().certificate();

        assertThatThrownBy(() -> chains.require(agent, List.of(other))).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void anotherChainOfTheSameAuthorityIsLookedAt() throws Exception {
        List<X509Certificate> stranger =
                new TestAuthority().credentials("agent", "agent").certificateChain();

        assertThatThrownBy(() -> chains.require(stranger, List.of(authority.certificate())))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
