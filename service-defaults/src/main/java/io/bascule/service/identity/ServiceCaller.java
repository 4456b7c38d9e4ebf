package io.bascule.service.identity;

import io.bascule.service.problem.ProblemException;

/**
 * The service behind a request to {@code /internal/…}; controllers take it as a parameter.
 *
 * @param service its name, such as {@code bridge-service}
 * @param instance which of its replicas
 */
public record ServiceCaller(String service, String instance) {

    /** Refuses with {@code service-forbidden} unless the caller is one of these services. */
    public void require(String... services) {
        for (String allowed : services) {
            if (allowed.equals(service)) {
                return;
            }
        }
        throw new ProblemException(
                IdentityProblem.SERVICE_FORBIDDEN,
                "%s may not call this (expected: %s)".formatted(service, String.join(", ", services)));
    }
}
