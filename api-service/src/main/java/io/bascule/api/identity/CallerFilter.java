package io.bascule.api.identity;

import io.bascule.api.identity.sessions.BrowserSession;
import io.bascule.api.identity.tokens.TokenText;
import io.bascule.api.identity.tokens.VerifyToken;
import io.bascule.api.identity.users.BriefCache;
import io.bascule.api.identity.users.Membership;
import io.bascule.api.identity.users.Memberships;
import io.bascule.service.problem.ProblemException;
import io.bascule.service.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who makes a request: by its bearer token if it has one, which is then accepted or refused whatever cookies
 * there are; else by its session. A request with neither goes on as nobody's.
 */
class CallerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;

    private final VerifyToken verifyToken;
    private final BrowserSession sessions;
    private final Memberships memberships;
    private final ProblemWriter problems;
    private final BriefCache<BrowserSession.Identity, Optional<Membership>> recent;
    private final RequestAttributeSecurityContextRepository laterDispatches =
            new RequestAttributeSecurityContextRepository();

    CallerFilter(
            VerifyToken verifyToken,
            BrowserSession sessions,
            Memberships memberships,
            ProblemWriter problems,
            InstantSource clock) {
        this.verifyToken = verifyToken;
        this.sessions = sessions;
        this.memberships = memberships;
        this.problems = problems;
        this.recent = new BriefCache<>(REMEMBERED, BELIEVED, clock);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            identify(request).ifPresent(member -> remember(member, request, response));
        } catch (ProblemException refused) {
            problems.write(response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<Membership> identify(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            CsrfFilter.skipRequest(request);
            boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
            String text = bearer ? authorization.substring(SCHEME.length()).strip() : "";
            return Optional.of(verifyToken.verify(new TokenText(text)));
        }
        return sessions.find(request)
                .flatMap(identity -> recent.find(identity, id -> memberships.find(id.user(), id.workspace())));
    }

    private void remember(Membership member, HttpServletRequest request, HttpServletResponse response) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SignedIn(member));
        SecurityContextHolder.setContext(context);
        laterDispatches.saveContext(context, request, response);
    }
}
