package io.bascule.service.health;

/** What the last probe of a store found. */
public enum StoreState {
    UNKNOWN,
    UP,
    DOWN
}
