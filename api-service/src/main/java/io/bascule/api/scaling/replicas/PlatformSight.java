package io.bascule.api.scaling.replicas;

import java.util.Map;

/**
 * What the platform sees of itself at one moment. What is not in it is not seen.
 *
 * @param pods that live, by component
 * @param values of signals, by metric
 */
record PlatformSight(Map<String, Integer> pods, Map<String, Double> values) {

    PlatformSight {
        pods = Map.copyOf(pods);
        values = Map.copyOf(values);
    }
}
