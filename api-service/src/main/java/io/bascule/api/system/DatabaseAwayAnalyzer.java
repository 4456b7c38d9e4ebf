package io.bascule.api.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.transaction.CannotCreateTransactionException;

/** Says why the service does not start without its database, and what to do. A transaction is the first to need it. */
class DatabaseAwayAnalyzer extends AbstractFailureAnalyzer<CannotCreateTransactionException> {

    private final Environment environment;

    DatabaseAwayAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotCreateTransactionException cause) {
        String url =
                environment.getProperty("spring.datasource.url", "(no URL)").split("\\?", 2)[0];
        Throwable reason = NestedExceptionUtils.getMostSpecificCause(cause);
        return new FailureAnalysis(
                "PostgreSQL at %s does not let this service in: %s".formatted(url, reason.getMessage()),
                "Start it, or correct BASCULE_DATABASE_URL, BASCULE_DATABASE_USERNAME and BASCULE_DATABASE_PASSWORD.",
                cause);
    }
}
