package io.bascule.api.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.KeyPurpose;
import io.bascule.api.keys.PlatformKeys;
import io.bascule.api.keys.TestKeys;
import io.bascule.service.problem.ProblemException;
import io.bascule.testsupport.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rotation of the authority, lived through by those who hold its certificates. */
class RotateAuthorityTests {

    private static final Duration AGENTS_RENEW = Duration.ofDays(15);
    private static final Duration BRIDGES_RENEW = Duration.ofHours(16);

    private final TestDatabase database = TestDatabase.create();
    private final List<AuditEvent> audited = new ArrayList<>();
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Instant now = begin;
    private final PlatformKeys keys = TestKeys.of(database);
    private final RotateAuthority rotation = new RotateAuthority(keys, audited::add, () -> now);
    /** Two pods: the rotation is begun at neither. */
    private final List<Authorities> pods = List.of(new Authorities(keys, () -> now), new Authorities(keys, () -> now));

    @Test
    void whoeverRenewsInTimeBelievesAllOthersOnEveryDayOfARotation() throws Exception {
        Party early = new Party(new CertificateSubject.Agent(UUID.randomUUID()), AGENTS_RENEW);
        Party late = new Party(new CertificateSubject.Agent(UUID.randomUUID()), Duration.ofDays(29));
        Party bridge = new Party(new CertificateSubject.Bridge("bridge-0", "0.bridge.example.org"), BRIDGES_RENEW);
        List<Party> parties = List.of(early, late, bridge);
        Instant rotated = begin.plus(Duration.ofDays(3));
        List<String> signers = new ArrayList<>();

        for (Instant end = begin.plus(Duration.ofDays(100)); now.isBefore(end); now = now.plus(Duration.ofHours(8))) {
            if (now.equals(rotated)) {
                rotation.rotate(caller(Role.OWNER));
            }
            for (Party party : parties) {
                party.renewIfDue();
            }
            for (Party one : parties) {
                for (Party other : parties) {
                    assertThat(one.believes(other))
                            .as("%s: %s believes %s", now, one, other)
                            .isTrue();
                }
            }
            signers.add(bridge.signer());
        }

        assertThat(signers.stream().distinct()).as("the signer changed, once").hasSize(2);
        assertThat(late.trusted).as("and the old one is forgotten").hasSize(1);
        assertThat(late.signer()).isEqualTo(signers.getLast());
    }

    @Test
    void theNewOneSignsAtTheEndOfTheOverlapAndTheOldOneIsBelievedForAsLongAgain() {
        AuthoritiesInForce begun = rotation.rotate(caller(Role.OWNER));
        Authority next = begun.others().getFirst();
        Instant signs = now.plus(RotateAuthority.OVERLAP);
        Instant over = signs.plus(RotateAuthority.OVERLAP);

        now = signs.minusMillis(1);
        assertThat(inForce().signing().id()).isEqualTo(begun.signing().id());
        now = signs;
        assertThat(inForce().signing().id()).isEqualTo(next.id());
        now = over.minusMillis(1);
        assertThat(inForce().certificates()).hasSize(2);
        now = over;
        assertThat(inForce().certificates()).containsExactly(next.signer().certificate());
    }

    @Test
    void aRotationIsRefusedUntilTheLastOneIsOver() {
        rotation.rotate(caller(Role.OWNER));
        Instant over = now.plus(RotateAuthority.OVERLAP.multipliedBy(2));

        now = over.minusMillis(1);
        assertThatThrownBy(() -> rotation.rotate(caller(Role.OWNER)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal ->
                                assertThat(refusal.problem()).isEqualTo(CertificateProblem.AUTHORITY_ROTATION_RUNNING))
                .hasMessageContaining(over.toString());
        now = over;
        assertThat(rotation.rotate(caller(Role.OWNER)).others()).hasSize(1);
        assertThat(audited).hasSize(2);
    }

    @Test
    void aPodWhoseClockIsLateSignsWithTheFirstOne() {
        now = begin.minus(Duration.ofHours(1));

        assertThat(inForce().signing().id())
                .isEqualTo(keys.find(KeyPurpose.AUTHORITY).getFirst().id());
    }

    @Test
    void onlyOwnersRotate() {
        assertThatThrownBy(() -> rotation.rotate(caller(Role.ADMIN))).isInstanceOf(ProblemException.class);

        assertThat(inForce().others()).isEmpty();
        assertThat(audited).isEmpty();
    }

    @Test
    void everyCertificateIsShorterThanTheOverlap() {
        assertThat(List.of(
                        new CertificateSubject.Agent(UUID.randomUUID()),
                        new CertificateSubject.Client(UUID.randomUUID()),
                        new CertificateSubject.Bridge("bridge-0", "0.bridge.example.org")))
                .allSatisfy(subject ->
                        assertThat(subject.lifetime().plus(Authorities.REFRESH)).isLessThan(RotateAuthority.OVERLAP));
    }

    private static Caller caller(Role role) {
        return new Caller(
                new UUID(0, 1),
                "default",
                new UUID(0, 2),
                role.text(),
                role,
                new RequestOrigin("127.0.0.1", "-"),
                null);
    }

    private AuthoritiesInForce inForce() {
        return pods.getFirst().inForce();
    }

    /** Whoever has a certificate and believes some authorities. Renews at one pod and then at the other. */
    private final class Party {

        private final CertificateSubject subject;
        private final Duration every;
        private X509Certificate certificate;
        private List<X509Certificate> trusted;
        private Instant renewed;
        private int renewals;

        Party(CertificateSubject subject, Duration every) throws GeneralSecurityException {
            this.subject = subject;
            this.every = every;
            renew();
        }

        void renewIfDue() throws GeneralSecurityException {
            if (!now.isBefore(renewed.plus(every))) {
                renew();
            }
        }

        private void renew() throws GeneralSecurityException {
            Authorities pod = pods.get(renewals++ % pods.size());
            IssuedCertificate issued = new IssueCertificate(pod, JdbcClient.create(database.dataSource()), () -> now)
                    .issue(CertificateRequest.parse(SigningRequests.valid()), subject);
            certificate = read(issued.chain()).getFirst();
            trusted = read(issued.authorities());
            renewed = now;
        }

        boolean believes(Party other) throws GeneralSecurityException {
            var parameters = new PKIXParameters(trusted.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            try {
                CertPathValidator.getInstance("PKIX")
                        .validate(
                                CertificateFactory.getInstance("X.509").generateCertPath(List.of(other.certificate)),
                                parameters);
                return true;
            } catch (CertPathValidatorException untrusted) {
                return false;
            }
        }

        /** By its key, since all authorities have one name. */
        String signer() {
            return trusted.stream()
                    .filter(this::signed)
                    .map(authority -> authority.getPublicKey().toString())
                    .collect(Collectors.joining());
        }

        private boolean signed(X509Certificate authority) {
            try {
                certificate.verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException another) {
                return false;
            }
        }

        @Override
        public String toString() {
            return subject.kind() + " that renews after " + every;
        }
    }

    private static List<X509Certificate> read(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
