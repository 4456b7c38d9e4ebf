package io.bascule.service.health;

/** Asks one shared store whether it answers. A bean of this type is probed every few seconds on a thread of its own. */
public interface StoreProbe {

    /** Such as {@code postgresql}; the tag of the metric {@code bascule_store_up}. */
    String store();

    /** Returns when the store answered; throws when it did not. May block: a probe in progress is not started again. */
    void probe() throws Exception;
}
