package io.bascule.bridge.certificate;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the first certificate, however long that takes, and renews it in time from then on. */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final BridgeCertificate certificate;
    private final RepeatingStep repetition = new RepeatingStep("certificate-renewal", LOOK_EVERY, this::renewIfDue);

    CertificateRenewal(BridgeCertificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Returns when there is a certificate, or when there is no more need of one.
     *
     * @param stopped counted down when this bridge stops
     * @return whether there is a certificate
     */
    public boolean obtainFirst(CountDownLatch stopped) throws InterruptedException {
        Duration longest = FIRST_PAUSE;
        boolean told = false;
        while (stopped.getCount() > 0) {
            try {
                certificate.renew();
                return true;
            } catch (NotIssuedException failure) {
                if (!told) {
                    LOG.warn(
                            "no certificate yet, so not ready; asking the API again until it answers: {}",
                            failure.getMessage());
                    told = true;
                }
            }
            long pause = ThreadLocalRandom.current().nextLong(longest.toMillis() / 2, longest.toMillis());
            longest = longest.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? longest.multipliedBy(2) : LONGEST_PAUSE;
            if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    public void start() {
        repetition.start();
    }

    public void stop() {
        repetition.stop();
    }

    void renewIfDue() {
        if (!certificate.isDue()) {
            return;
        }
        try {
            certificate.renew();
        } catch (NotIssuedException failure) {
            LOG.warn("certificate: not renewed, tried again in {}: {}", LOOK_EVERY, failure.getMessage());
        }
    }
}
