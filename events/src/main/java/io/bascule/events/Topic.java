package io.bascule.events;

import java.util.Arrays;
import java.util.List;

/** Where events go: one Kafka topic for each subject of our vocabulary. Events of one subject id keep their order. */
public enum Topic {
    /** {@code io.bascule.task.*}; the subject is the task's id. */
    TASKS("bascule.tasks", "io.bascule.task."),
    /** {@code io.bascule.tunnel.*}; the subject is the tunnel's id. */
    TUNNELS("bascule.tunnels", "io.bascule.tunnel."),
    /** {@code io.bascule.agent.*}; the subject is the agent's id. */
    AGENTS("bascule.agents", "io.bascule.agent."),
    /** Whatever has no topic of its own. */
    PLATFORM("bascule.platform", "");

    private final String topicName;
    private final String typePrefix;

    Topic(String topicName, String typePrefix) {
        this.topicName = topicName;
        this.typePrefix = typePrefix;
    }

    /** The topic of an event's type. */
    public static Topic of(String type) {
        return Arrays.stream(values())
                .filter(topic -> type.startsWith(topic.typePrefix))
                .findFirst()
                .orElse(PLATFORM);
    }

    /** All names, for those who read everything. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Topic::topicName).toList();
    }

    public String topicName() {
        return topicName;
    }
}
