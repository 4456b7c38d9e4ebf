package io.bascule.api.identity;

import java.util.UUID;

/** An access token was revoked, told in the transaction that does it: what was opened with it has to end. */
public record TokenRevoked(UUID token) {}
