package io.bascule.runner.sandbox;

import java.time.Duration;

/**
 * What a process uses, as its kernel counts it.
 *
 * @param cpu of all its threads since it began, in steps of 10 ms
 * @param memoryBytes resident now
 */
public record ProcessUsage(Duration cpu, long memoryBytes, int threads) {}
