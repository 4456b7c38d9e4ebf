package io.bascule.service.problem;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A store that is away is our trouble, not the caller's: 503 with the advice to come back, never a 500. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class StoreProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(StoreProblemAdvice.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ProblemAdvice problems;

    StoreProblemAdvice(ProblemAdvice problems) {
        this.problems = problems;
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class,
        TransientDataAccessResourceException.class
    })
    ResponseEntity<Object> storeAway(RuntimeException failure) {
        log.warn("A store is away: {}", failure.getMessage());
        return problems.problem(ProblemException.retryable(
                CommonProblem.STORE_UNAVAILABLE, "Nothing was changed; try again in a moment.", RETRY_AFTER));
    }
}
