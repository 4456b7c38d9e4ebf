package io.bascule.api.bridges;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A running program of an agent.
 *
 * @param bridges ids of the bridges it has a control stream to
 * @param seenAt when a bridge last named it
 */
public record AgentInstance(String instance, List<String> bridges, String version, Instant seenAt) {

    static List<AgentInstance> group(List<Sighting> sightings) {
        return sightings.stream().collect(groupingBy(Sighting::instance)).entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(AgentInstance::instance))
                .toList();
    }

    private static AgentInstance of(String instance, List<Sighting> sightings) {
        Sighting latest =
                sightings.stream().max(Comparator.comparing(Sighting::at)).orElseThrow();
        List<String> bridges =
                sightings.stream().map(Sighting::bridge).distinct().sorted().toList();
        return new AgentInstance(instance, bridges, latest.version(), latest.at());
    }
}
