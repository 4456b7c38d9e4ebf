package io.bascule.runner.egress;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is the same for the egress of every job.
 *
 * @param privateNetworks networks such as {@code 10.1.0.0/16} that functions may reach although they are private
 * @param bytes most that a job may send and receive together
 * @param memory most that the exchanges of all jobs may hold at once; a quarter of the heap when absent
 * @param exchanges most that a job may have under way at once
 * @param connectTimeout until a host has accepted the connection
 * @param readTimeout while a host says nothing
 */
@ConfigurationProperties("bascule.runner.egress")
public record EgressProperties(
        @DefaultValue List<String> privateNetworks,
        @DefaultValue("16MB") DataSize bytes,
        @Nullable DataSize memory,
        @DefaultValue("16") int exchanges,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout) {

    long memoryBytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / 4 : memory.toBytes();
    }
}
