package io.bascule.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task to submit.
 *
 * @param type which handler runs it, such as {@code http.request}
 * @param input what the handler gets; the type's schema says its form
 * @param queue the queue it waits in; without one it is an instant task, if its type can be
 * @param priority higher comes first within the workspace
 * @param deadline it must have ended by then; instant tasks have 60 s by default
 * @param runAt not before this moment
 * @param retry how often it may fail; once by default
 * @param labels names with values, to find it by
 * @param dedupe while a task with this word lives, no second one is accepted and the first is answered
 * @param concurrencyKey of the tasks of its queue with this word only as many run at once as the queue's keyLimit allows
 * @param callback told of its end, once, signed with the workspace's callback secret
 */
record TaskRequest(
        @NotNull @Size(min = 1, max = 64) String type,
        @Nullable JsonNode input,

        @Nullable @Pattern(regexp = NAME, message = "use 1 to 63 of a-z, 0-9 and - inside")
        String queue,

        @Nullable @Min(-1000) @Max(1000) Integer priority,
        @Nullable Instant deadline,
        @Nullable Instant runAt,
        @Nullable @Valid Retry retry,

        @Nullable @Size(max = 32)
        Map<
                        @Pattern(regexp = LABEL, message = "use 1 to 63 of a-z, 0-9 and . _ / - inside") String,
                        @NotNull @Size(max = 63) String>
                labels,

        @Nullable @Size(min = 1, max = 255) @Pattern(regexp = "\\P{Cntrl}*", message = "use no control characters")
        String dedupe,

        @Nullable @Size(min = 1, max = 255) @Pattern(regexp = "\\P{Cntrl}*", message = "use no control characters")
        String concurrencyKey,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Valid
        Callback callback) {

    static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    static final String LABEL = "[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?";

    /** @param url an http or https address; everybody who may read the workspace sees it */
    record Callback(@NotNull @Size(min = 1, max = 2048) String url) {}

    /**
     * When a failed attempt is followed by another.
     *
     * @param maxFailures the failure with this number is the last
     * @param backoffSeconds the longest wait after the first failure; it doubles with every further one
     */
    record Retry(
            @Nullable @Min(1) @Max(100) Integer maxFailures,
            @Nullable @Min(0) @Max(86_400) Integer backoffSeconds) {}
}
