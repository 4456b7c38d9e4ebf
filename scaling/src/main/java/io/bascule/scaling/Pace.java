package io.bascule.scaling;

/** How fast the number of pods follows what is wanted: the HPA's {@code behavior}. */
public record Pace(Rules up, Rules down) {}
