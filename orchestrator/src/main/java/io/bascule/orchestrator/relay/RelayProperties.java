package io.bascule.orchestrator.relay;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Events on Kafka.
 *
 * @param partitions of a topic when we create it; replication is the brokers' default
 */
@Validated
@ConfigurationProperties("bascule.events")
record RelayProperties(@DefaultValue("3") @Min(1) int partitions) {}
