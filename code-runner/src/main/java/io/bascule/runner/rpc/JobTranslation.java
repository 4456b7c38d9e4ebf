package io.bascule.runner.rpc;

import io.bascule.bundles.Archive;
import io.bascule.bundles.BundleLimits;
import io.bascule.protocol.runner.v1.Function;
import io.bascule.protocol.runner.v1.Limits;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.runner.egress.Egress;
import io.bascule.runner.jobs.Code;
import io.bascule.runner.jobs.Job;
import io.bascule.runner.jobs.JobLimits;
import io.bascule.runner.jobs.JsonText;
import io.bascule.runner.jobs.JsonText.InvalidJsonException;
import io.bascule.runner.jobs.LimitPolicy;
import io.bascule.runner.sandbox.Language;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes a job of a request, or says what is wrong with it. */
final class JobTranslation {

    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LARGEST_SOURCE = 1024 * 1024;
    private static final int MOST_SECRETS = 16;
    private static final int MOST_RESOURCES = 16;
    private static final int LARGEST_SECRET = 64 * 1024;

    private final LimitPolicy limits;
    private final Egress egress;

    JobTranslation(LimitPolicy limits, Egress egress) {
        this.limits = limits;
        this.egress = egress;
    }

    /**
     * The job.
     *
     * @throws IllegalArgumentException naming the field and what it should be
     */
    Job job(RunRequest request) {
        require(JOB_ID.matcher(request.getJob()).matches(), "job: expected 1 to 64 of A-Z, a-z, 0-9, _ and -");
        Function function = request.getFunction();
        boolean bundled = !function.getBundle().isEmpty();
        require(bundled || !function.getSource().isBlank(), "function.source: it is empty");
        require(
                !bundled
                        || (function.getSource().isEmpty()
                                && !function.getMain().isEmpty()),
                "function.bundle: expected function.main with it, and no function.source");
        require(
                function.getBundle().size() <= BundleLimits.ARCHIVE_BYTES,
                "function.bundle: %d bytes (expected: <= %d)"
                        .formatted(function.getBundle().size(), BundleLimits.ARCHIVE_BYTES));
        int bytes = function.getSource().getBytes(StandardCharsets.UTF_8).length;
        require(
                bytes <= LARGEST_SOURCE,
                "function.source: %d bytes (expected: <= %d)".formatted(bytes, LARGEST_SOURCE));
        require(
                request.getResourcesCount() <= MOST_RESOURCES,
                "resources: %d (expected: at most %d)".formatted(request.getResourcesCount(), MOST_RESOURCES));
        Code.Program program = bundled
                ? new Code.Files(new Archive(function.getBundle().toByteArray()), function.getMain())
                : new Code.Source(function.getSource());
        var code = new Code(language(function), function.getName(), function.getVersion(), program);
        return new Job(
                request.getJob(),
                code,
                input(request),
                limits(request.getLimits()),
                egress.policy(request.getEgressHostsList(), request.getResourcesList()),
                secrets(request));
    }

    private static Map<String, String> secrets(RunRequest request) {
        Map<String, String> secrets = request.getSecretsMap();
        require(
                secrets.size() <= MOST_SECRETS,
                "secrets: %d (expected: at most %d)".formatted(secrets.size(), MOST_SECRETS));
        secrets.forEach((name, value) -> require(
                value.getBytes(StandardCharsets.UTF_8).length <= LARGEST_SECRET,
                "secrets: one is larger than %d bytes".formatted(LARGEST_SECRET)));
        return secrets;
    }

    private static Language language(Function function) {
        return switch (function.getRuntime()) {
            case RUNTIME_JAVASCRIPT -> Language.JAVASCRIPT;
            case RUNTIME_PYTHON -> Language.PYTHON;
            case RUNTIME_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException(
                        "function.runtime: %s (expected: RUNTIME_JAVASCRIPT or RUNTIME_PYTHON)"
                                .formatted(function.getRuntime()));
        };
    }

    private static String input(RunRequest request) {
        try {
            return JsonText.of(request.getInput().asReadOnlyByteBuffer()).text();
        } catch (InvalidJsonException invalid) {
            throw new IllegalArgumentException("input: " + invalid.getMessage(), invalid);
        }
    }

    private JobLimits limits(Limits asked) {
        return limits.grant(new LimitPolicy.Wish(
                Integer.toUnsignedLong(asked.getWallMillis()),
                Integer.toUnsignedLong(asked.getCpuMillis()),
                Integer.toUnsignedLong(asked.getMemoryMib()),
                Integer.toUnsignedLong(asked.getOutputBytes()),
                Integer.toUnsignedLong(asked.getLogBytes())));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
