package io.bascule.api.identity;

import static org.springframework.http.HttpMethod.POST;

import io.bascule.api.caller.CallerProblem;
import io.bascule.api.identity.sessions.BrowserSession;
import io.bascule.api.identity.tokens.VerifyToken;
import io.bascule.api.identity.users.Memberships;
import io.bascule.service.problem.ProblemCode;
import io.bascule.service.problem.ProblemException;
import io.bascule.service.problem.ProblemWriter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * What is open to whom: below {@code /api/} all is closed to strangers but what is listed here; {@code /internal/} is
 * guarded by its own filter of service tokens; the rest (health, metrics, the UI's files) is public.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** For answers that are data: whatever a browser makes of one, nothing in it runs or is shown in a frame. */
    private static final String DATA_ONLY = "default-src 'none'; frame-ancestors 'none'";

    /** For the UI: its own files and its own API, nothing inline, no frames. */
    private static final String OWN_FILES_ONLY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    FilterRegistrationBean<StoreOutageFilter> storeOutageFilter(ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new StoreOutageFilter(problems));
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        return registration;
    }

    @Bean
    @Order(1)
    SecurityFilterChain apiSecurity(
            HttpSecurity http,
            VerifyToken verifyToken,
            BrowserSession sessions,
            Memberships memberships,
            ProblemWriter problems,
            InstantSource clock) {
        var callers = new CallerFilter(verifyToken, sessions, memberships, problems, clock);
        return http.securityMatcher("/api/**")
                .addFilterBefore(callers, CsrfFilter.class)
                .csrf(csrf -> csrf.spa().requireCsrfProtectionMatcher(SecurityConfiguration::needsCsrfToken))
                .sessionManagement(policy -> policy.disable())
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(DATA_ONLY)))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .authorizeHttpRequests(requests -> requests.requestMatchers(POST, "/api/v1/session")
                        .permitAll()
                        .requestMatchers(POST, "/api/v1/agents:join", "/api/v1/agents:renew")
                        .permitAll()
                        .requestMatchers("/api/v1/openapi.json")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(strangers(problems)).accessDeniedHandler(refused(problems)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain publicSecurity(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(policy -> policy.disable())
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .headers(SecurityConfiguration::pageHeaders)
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static void pageHeaders(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(OWN_FILES_ONLY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()"));
    }

    /** A browser sends the session's cookie along wherever a request comes from; nothing else needs the proof. */
    private static boolean needsCsrfToken(HttpServletRequest request) {
        boolean signsIn = "POST".equals(request.getMethod()) && "/api/v1/session".equals(request.getServletPath());
        return !READING.contains(request.getMethod()) && !signsIn && hasSessionCookie(request);
    }

    private static boolean hasSessionCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(BrowserSession.COOKIE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static AuthenticationEntryPoint strangers(ProblemWriter problems) {
        return (_, response, _) -> problems.write(
                response,
                new ProblemException(
                        CallerProblem.SIGN_IN_REQUIRED,
                        "Sign in with POST /api/v1/session, or send a token as Authorization: Bearer bsc_pat_…"));
    }

    private static AccessDeniedHandler refused(ProblemWriter problems) {
        return (_, response, failure) -> {
            boolean csrf = failure instanceof CsrfException;
            ProblemCode code = csrf ? IdentityProblem.CSRF_TOKEN_MISSING : CallerProblem.FORBIDDEN;
            String detail = csrf
                    ? "Repeat the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN"
                    : "This is not open to you";
            problems.write(response, new ProblemException(code, detail));
        };
    }
}
