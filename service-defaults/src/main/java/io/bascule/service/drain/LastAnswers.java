package io.bascule.service.drain;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has callers end their connections while this service drains: whoever kept one would send the next request on it in the moment
 * in which it is closed, and could not know whether that had arrived.
 */
final class LastAnswers extends OncePerRequestFilter {

    private final Drain drain;

    LastAnswers(Drain drain) {
        this.drain = drain;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (drain.isDraining()) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
