package io.bascule.api.identity;

import io.bascule.api.caller.CallerProblem;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.service.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands around the session: when it cannot be read before the request's work or written after it, because its store is
 * away, the answer is to come back in a moment; when somebody has ended it meanwhile, to sign in.
 */
class StoreOutageFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(StoreOutageFilter.class);
    /** What the session's store says of a session that is gone when it is to be written; it has no type of its own for it. */
    private static final String ENDED = "Session was invalidated";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ProblemWriter problems;

    StoreOutageFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException away) {
            log.warn("Nobody can be identified while a store is away: {}", away.getMessage());
            answer(
                    response,
                    ProblemException.retryable(CommonProblem.STORE_UNAVAILABLE, "Try again in a moment", RETRY_AFTER));
        } catch (IllegalStateException failure) {
            if (!ENDED.equals(failure.getMessage())) {
                throw failure;
            }
            answer(response, new ProblemException(CallerProblem.SIGN_IN_REQUIRED, "Your session has ended meanwhile"));
        }
    }

    private void answer(HttpServletResponse response, ProblemException problem) throws IOException {
        if (!response.isCommitted()) {
            response.resetBuffer();
        }
        problems.write(response, problem);
    }
}
