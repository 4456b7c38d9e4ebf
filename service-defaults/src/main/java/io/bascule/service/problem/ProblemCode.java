package io.bascule.service.problem;

import org.springframework.http.HttpStatus;

/**
 * What can go wrong, as clients see it. Every service lists its own in one enum; {@link CommonProblem} holds those that
 * any service can answer. A code never changes its meaning.
 */
public interface ProblemCode {

    /** Stable name in kebab case, such as {@code resource-not-found}; also the last part of the problem's type. */
    String code();

    HttpStatus status();

    /** The same short sentence for every occurrence. */
    String title();
}
