package io.bascule.api.caller;

/**
 * Where a request came from, for the audit log.
 *
 * @param address the client's address as the server sees it
 * @param requestId the request's trace id, also in the answer and the logs
 */
public record RequestOrigin(String address, String requestId) {}
