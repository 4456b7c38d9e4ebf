package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A bridge that can be dialled.
 *
 * @param id such as {@code bridge-0}
 * @param address {@code host:port}
 * @param authority the name expected in its certificate
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BridgeLocation(String id, String address, String authority) {}
