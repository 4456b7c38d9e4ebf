package io.bascule.api.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines why the service does not start, and what to do. */
class SchemaTooOldAnalyzer extends AbstractFailureAnalyzer<SchemaTooOld> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SchemaTooOld cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Run this version's migration program on the database (java -jar schema-*.jar), then start again.",
                cause);
    }
}
