package io.bascule.instant.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Appends {@code instant_tasks_jobs_total} to the scrape. It is a gauge under a name that Micrometer and OpenMetrics keep for
 * counters, and the reference autoscalers ask for just this name; so the scrape is always in text format 0.0.4, which
 * allows it. While the database is away the family is absent: an absent value holds the replicas, a wrong one would not.
 */
class InstantJobsAppender extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(InstantJobsAppender.class);
    private static final String TEXT_FORMAT = "text/plain;version=0.0.4;charset=utf-8";
    private static final String FAMILY = """
            # HELP instant_tasks_jobs_total Own active jobs plus this worker's part of those waiting
            # TYPE instant_tasks_jobs_total gauge
            instant_tasks_jobs_total %s
            """;

    private final InstantJobs jobs;

    InstantJobsAppender(InstantJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var plain = new TextFormatRequest(request);
        var uncounted = new UncountedResponse(response);
        chain.doFilter(plain, uncounted);
        if (response.getStatus() == HttpServletResponse.SC_OK) {
            append(response);
        }
    }

    private void append(HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(FAMILY.formatted(jobs.total()).getBytes(StandardCharsets.UTF_8));
        } catch (DataAccessException away) {
            log.debug("The waiting jobs cannot be counted", away);
        }
    }

    /** Asks for the one format in which this name may be a gauge. */
    private static final class TextFormatRequest extends HttpServletRequestWrapper {

        TextFormatRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? TEXT_FORMAT : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                    ? Collections.enumeration(List.of(TEXT_FORMAT))
                    : super.getHeaders(name);
        }
    }

    /** Without a length, since more follows. */
    private static final class UncountedResponse extends jakarta.servlet.http.HttpServletResponseWrapper {

        UncountedResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setContentLength(int length) {}

        @Override
        public void setContentLengthLong(long length) {}

        @Override
        public void setHeader(String name, String value) {
            if (!HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name)) {
                super.setHeader(name, value);
            }
        }

        @Override
        public void addHeader(String name, String value) {
            if (!HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name)) {
                super.addHeader(name, value);
            }
        }

        @Override
        public void flushBuffer() {}
    }
}
