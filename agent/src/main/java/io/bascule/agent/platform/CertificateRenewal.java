package io.bascule.agent.platform;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the agent's certificate when half of its life is over, and asks again with full jitter for as long as it is good.
 * Why it fails is told at once and again whenever half of the time that was left is gone. One virtual thread; start and
 * stop may be called repeatedly; once stopped it stays so.
 */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final RenewCertificate renewCertificate;
    private final KeptMembership membership;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(FIRST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
    private Instant nextAttempt = Instant.MIN;
    private @Nullable Duration toldWith;
    private boolean toldOver;
    private boolean started;

    /** @param listener gets the membership with each new certificate; new connections are to show that */
    public CertificateRenewal(
            URI api, KeptMembership membership, Consumer<Membership> listener, InstantSource clock, String version) {
        this.renewCertificate = new RenewCertificate(api, membership, listener, version);
        this.membership = membership;
        this.clock = clock;
    }

    public synchronized void start() {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("certificate-renewal").start(this::keepGood);
        }
    }

    public void stop() {
        stopped.countDown();
    }

    private void keepGood() {
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!isOver()) {
                    tryRenew();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A clock that was wrong for a moment may be set right again. */
    private boolean isOver() {
        boolean over = membership.get().life().isOver(clock.instant());
        if (over && !toldOver) {
            LOG.error("{}", membership.get().whyExpired());
        }
        toldOver = over;
        return over;
    }

    /** Whatever goes wrong once must not keep the agent from asking again. */
    private void tryRenew() throws InterruptedException {
        try {
            renewIfDue(membership.get().life());
        } catch (RuntimeException failure) {
            LOG.error("renewing the certificate failed", failure);
            askLater(membership.get().life().left(clock.instant()), String.valueOf(failure.getMessage()));
        }
    }

    private void renewIfDue(CertificateLife life) throws InterruptedException {
        Instant now = clock.instant();
        boolean pausing = now.isBefore(nextAttempt) && nextAttempt.isBefore(now.plus(LONGEST_PAUSE.multipliedBy(2)));
        if (now.isBefore(life.half()) || pausing) {
            return;
        }
        switch (renewCertificate.renew()) {
            case Attempt.Accepted(Membership renewed) -> use(renewed);
            case Attempt.Refused(String reason) -> askLater(life.left(now), reason);
            case Attempt.NotNow(String reason) -> askLater(life.left(now), reason);
        }
    }

    private void use(Membership renewed) {
        backoff.reset();
        nextAttempt = clock.instant().plus(FIRST_PAUSE);
        toldWith = null;
        LOG.info("the certificate was renewed, it is good until {}", renewed.expiresAt());
    }

    /** At most a quarter of what is left passes before the next attempt. */
    private void askLater(Duration left, String reason) {
        Duration pause = Duration.ofMillis(Math.min(backoff.nextMillis(), left.toMillis() / 4));
        nextAttempt = clock.instant().plus(pause);
        if (toldWith == null || left.compareTo(toldWith.dividedBy(2)) < 0) {
            toldWith = left;
            LOG.warn(
                    "the certificate could not be renewed and expires in {} s, at {}; asking again until then: {}",
                    left.toSeconds(),
                    membership.get().expiresAt(),
                    reason);
        }
    }
}
