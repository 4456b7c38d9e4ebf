package io.bascule.api.tasks.gauges;

import io.bascule.tasks.gauge.GaugeLease;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Takes the lease when it is free and renews it three times in its life; releases it when the service stops. */
class KeepGaugeLease implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KeepGaugeLease.class);

    private final GaugeLease lease;
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gauge-lease").daemon().factory());

    KeepGaugeLease(GaugeLease lease, Duration life) {
        this.lease = lease;
        var _ = beat.scheduleWithFixedDelay(this::hold, 0, life.dividedBy(3).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void hold() {
        try {
            lease.hold();
        } catch (RuntimeException away) {
            LOG.debug("the gauge lease could not be renewed", away);
        }
    }

    @Override
    public void destroy() {
        beat.shutdownNow();
        try {
            lease.release();
        } catch (RuntimeException away) {
            LOG.debug("the gauge lease could not be released; it ends by itself", away);
        }
    }
}
