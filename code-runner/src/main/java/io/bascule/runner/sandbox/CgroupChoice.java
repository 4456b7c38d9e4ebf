package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.Cgroups;
import io.bascule.runner.cgroup.CgroupsUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether this machine permits control groups, by making them. */
final class CgroupChoice {

    private static final Logger log = LoggerFactory.getLogger(CgroupChoice.class);
    private static final String REMEDY =
            "Let the runner write control groups (docs/operations/code-runner.md says how), or set"
                    + " bascule.runner.cgroups to auto.";

    private CgroupChoice() {}

    /**
     * Opened, if they may be used and can be had; the caller closes them.
     *
     * @throws SandboxUnavailableException when they cannot and are demanded
     */
    static Optional<Cgroups> open(CgroupPolicy policy) {
        return switch (policy) {
            case OFF -> Optional.empty();
            case AUTO -> openIfPossible();
            case REQUIRED -> Optional.of(openOrFail());
        };
    }

    private static Optional<Cgroups> openIfPossible() {
        try {
            return Optional.of(opened());
        } catch (CgroupsUnavailableException missing) {
            log.info(
                    "No control groups can be had here ({}), so a watchdog keeps functions within their memory and threads",
                    missing.getMessage());
            return Optional.empty();
        }
    }

    private static Cgroups openOrFail() {
        try {
            return opened();
        } catch (CgroupsUnavailableException missing) {
            throw new SandboxUnavailableException(
                    "bascule.runner.cgroups is required, and no control groups can be had (%s)."
                            .formatted(missing.getMessage()),
                    REMEDY,
                    missing);
        }
    }

    private static Cgroups opened() throws CgroupsUnavailableException {
        Cgroups cgroups = Cgroups.open();
        log.info("The kernel keeps functions within their memory and threads by {}", cgroups.label());
        return cgroups;
    }
}
