package io.bascule.service.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this service leaves.
 *
 * @param notice how long it stays open while unready and has its callers end their connections; short where a preStop hook has
 *     waited before it
 */
@ConfigurationProperties("bascule.drain")
record DrainProperties(@DefaultValue("0s") Duration notice) {}
