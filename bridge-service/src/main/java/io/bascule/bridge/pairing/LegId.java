package io.bascule.bridge.pairing;

/** A leg of this bridge; never used twice within one run. */
public record LegId(long value) {}
