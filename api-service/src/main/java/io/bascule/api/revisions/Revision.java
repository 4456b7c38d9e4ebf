package io.bascule.api.revisions;

import io.bascule.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Which state of something somebody speaks of; its entity tag (RFC 9110). */
public record Revision(long number) {

    public String entityTag() {
        return "\"" + number + "\"";
    }

    /** Refuses unless {@code If-Match} names this revision, or any by {@code *}. */
    public void requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(
                    RevisionProblem.REVISION_REQUIRED, "Send the ETag you were given as If-Match: " + entityTag());
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(entityTag())) {
            throw new ProblemException(
                    RevisionProblem.REVISION_OUTDATED,
                    "If-Match: %s (expected: %s); read it again and decide anew".formatted(ifMatch, entityTag()));
        }
    }

    /** What somebody is told whose change came after another one that they had not seen. */
    public static ProblemException outdated() {
        return new ProblemException(
                RevisionProblem.REVISION_OUTDATED, "Somebody changed it meanwhile; read it again and decide anew");
    }
}
