package io.bascule.runner.sandbox;

/** Whether processes get control groups. */
public enum CgroupPolicy {
    /** Where they can be written. */
    AUTO,
    OFF,
    /** The runner refuses to start without. */
    REQUIRED
}
