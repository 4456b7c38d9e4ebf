package io.bascule.scaling;

/**
 * The state of a service at one second of a simulation. Jobs are divisible: half a job is one that takes half a slot.
 *
 * @param second since the start
 * @param arrivals jobs that came in this second
 * @param slots jobs that a pod runs at once
 * @param pods that there are, starting ones too
 * @param ready pods that work
 */
public record Moment(int second, double arrivals, double waiting, double running, int slots, int pods, int ready) {}
