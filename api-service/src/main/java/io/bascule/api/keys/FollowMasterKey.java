package io.bascule.api.keys;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Rewraps keys while there are two master keys, and says when the other one is not needed any more. */
class FollowMasterKey implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(FollowMasterKey.class);

    /** A pod that still seals with the other key undoes in its next round what this one did. */
    private static final int QUIET_ENOUGH = 3;

    private final RewrapKeys rewrap;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("master-key").daemon().factory());
    private int quietRounds;

    FollowMasterKey(RewrapKeys rewrap, MasterKey masterKey, Duration interval) {
        this.rewrap = rewrap;
        if (masterKey.isChanging()) {
            var _ = timer.scheduleWithFixedDelay(this::step, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void step() {
        try {
            int sealed = rewrap.step();
            if (sealed > 0) {
                LOG.info("{} keys are sealed with the present master key now", sealed);
            }
            quietRounds = sealed == 0 && rewrap.left() == 0 ? quietRounds + 1 : 0;
            if (quietRounds == QUIET_ENOUGH) {
                LOG.info("Every key is sealed with the present master key; once no pod has another one,"
                        + " bascule.secrets.other-master-key-file can be removed");
            }
        } catch (RuntimeException failure) {
            LOG.warn(
                    "Keys could not be sealed with the present master key, and will be later: {}",
                    failure.getMessage());
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
