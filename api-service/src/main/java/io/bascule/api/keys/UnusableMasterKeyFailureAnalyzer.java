package io.bascule.api.keys;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start that fails for want of a master key into one line instead of a stack trace. */
class UnusableMasterKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableMasterKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableMasterKeyException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
