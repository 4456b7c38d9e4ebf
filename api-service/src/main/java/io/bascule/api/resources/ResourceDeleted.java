package io.bascule.api.resources;

import java.util.UUID;

/** A resource was deleted, told in the transaction that does it: tunnels to it have to end. */
public record ResourceDeleted(UUID resource) {}
