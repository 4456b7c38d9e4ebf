package io.bascule.service.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this service leaves.
 *
 * @param notice how long it stays open while unready; zero where a preStop hook does the waiting
 */
@ConfigurationProperties("bascule.drain")
record DrainProperties(@DefaultValue("0s") Duration notice) {}
