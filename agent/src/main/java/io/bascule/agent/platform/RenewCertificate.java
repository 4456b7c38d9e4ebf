package io.bascule.agent.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.EndIdentity;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.function.Consumer;

/** Asks the API once for a certificate for a new key, by the right of the one that there is. */
final class RenewCertificate {

    private static final String PURPOSE = "bascule-renew-1\n";

    private static final String ALGORITHM = "SHA256withECDSA";

    private final PlatformApi api;
    private final KeptMembership membership;
    private final Consumer<Membership> listener;
    private final String version;

    RenewCertificate(URI api, KeptMembership membership, Consumer<Membership> listener, String version) {
        this.api = new PlatformApi(api);
        this.membership = membership;
        this.listener = listener;
        this.version = version;
    }

    Attempt<Membership> renew() throws InterruptedException {
        EndCredentials current = membership.get().credentials();
        EndIdentity next = EndIdentity.generate("agent");
        String request = next.certificateRequest();
        return switch (api.renew(request, current.certificatePem(), sign(request, current), version)) {
            case Attempt.Accepted(Renewed renewed) -> replaced(next, renewed);
            case Attempt.Refused(String reason) -> new Attempt.Refused<>(reason);
            case Attempt.NotNow(String reason) -> new Attempt.NotNow<>(reason);
        };
    }

    private Attempt<Membership> replaced(EndIdentity next, Renewed renewed) {
        try {
            requireFit(next.certified(renewed.certificate(), renewed.authorities()));
            return new Attempt.Accepted<>(membership.replaceCertificate(next, renewed, listener));
        } catch (IllegalArgumentException unusable) {
            return new Attempt.Refused<>("the API's answer is of no use: " + unusable.getMessage());
        }
    }

    /** What there is must not be replaced by what cannot be used. */
    private static void requireFit(EndCredentials next) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(next.certificateChain().getFirst());
            verifier.update(PURPOSE.getBytes(UTF_8));
            if (!verifier.verify(Base64.getDecoder().decode(sign("", next)))) {
                throw new IllegalArgumentException("the certificate is not for the key that was sent");
            }
        } catch (GeneralSecurityException strange) {
            throw new IllegalArgumentException("the certificate is not for the key that was sent", strange);
        }
    }

    private static String sign(String request, EndCredentials current) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(current.privateKey());
            signature.update((PURPOSE + request).getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("this agent's key cannot sign", unusable);
        }
    }
}
