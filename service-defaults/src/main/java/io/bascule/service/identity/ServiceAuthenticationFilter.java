package io.bascule.service.identity;

import io.bascule.service.problem.ProblemException;
import io.bascule.service.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Guards {@code /internal/*}: lets services in by their token and nobody else. */
class ServiceAuthenticationFilter extends OncePerRequestFilter {

    static final String ATTRIBUTE = ServiceCaller.class.getName();
    private static final String SCHEME = "Bearer ";

    private final ServiceTokenVerifier verifier;
    private final ProblemWriter problems;

    ServiceAuthenticationFilter(ServiceTokenVerifier verifier, ProblemWriter problems) {
        this.verifier = verifier;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            request.setAttribute(ATTRIBUTE, verifier.verify(token(request)));
        } catch (ProblemException refused) {
            problems.write(response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    private static String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(SCHEME)) {
            throw new ProblemException(IdentityProblem.SERVICE_TOKEN_INVALID, "Send a service token as bearer token.");
        }
        return header.substring(SCHEME.length());
    }
}
