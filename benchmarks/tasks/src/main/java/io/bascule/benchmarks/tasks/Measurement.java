package io.bascule.benchmarks.tasks;

import java.util.Map;

/**
 * What one process measured.
 *
 * @param figures by name, rates per second and times in milliseconds
 * @param foreign how many processors others used meanwhile, on average
 * @param load of the machine when it began, over a minute
 */
record Measurement(int round, String engine, String phase, Map<String, Double> figures, double foreign, double load) {}
