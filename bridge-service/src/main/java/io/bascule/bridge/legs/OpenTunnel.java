package io.bascule.bridge.legs;

import java.util.UUID;

/** A tunnel whose ends have been paired here and which is not over; bytes are so far. */
public record OpenTunnel(UUID tunnel, long epoch, long bytesFromClient, long bytesFromAgent) {}
