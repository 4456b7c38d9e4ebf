package io.bascule.api.resources;

import io.bascule.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Which state of a resource somebody speaks of; its entity tag (RFC 9110). */
record Revision(long number) {

    String entityTag() {
        return "\"" + number + "\"";
    }

    /** Refuses unless {@code If-Match} names this revision, or any by {@code *}. */
    void requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(
                    ResourceProblem.REVISION_REQUIRED, "Send the ETag you were given as If-Match: " + entityTag());
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(entityTag())) {
            throw new ProblemException(
                    ResourceProblem.REVISION_OUTDATED,
                    "If-Match: %s (expected: %s); read the resource again and decide anew"
                            .formatted(ifMatch, entityTag()));
        }
    }
}
