package io.bascule.local.store;

/** Whether what is stored must survive a crash of the machine, or may vanish with the run. */
public enum Durability {
    SURVIVES,
    MAY_VANISH
}
