package io.bascule.tasks.upkeep;

import java.time.Duration;

/** One piece of recurring work. A step may be called by many pods at any time; those without the turn do nothing. */
public interface UpkeepStep {

    /** How often it is worth calling. */
    Duration every();

    /** Does what is due; returns how much it did. Fails when the database is away; the next call may succeed. */
    int step();
}
