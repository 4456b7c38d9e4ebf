package io.bascule.api.tasks;

import io.bascule.tasks.Lane;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task to submit later, perhaps again and again.
 *
 * @param type which handler runs it, such as {@code http.request}
 * @param input what the handler gets; the type's schema says its form
 * @param queue the queue it waits in; without one it is an instant task, if its type can be
 * @param priority higher comes first within the workspace
 * @param retry how often it may fail; once by default
 * @param labels names with values, to find it by
 * @param lane says the same as naming a queue or none; if it is the queued one and none is named, the default queue is meant
 * @param concurrencyKey of its queue's tasks with this word only as many run at once as the queue's keyLimit allows
 * @param callback told of the end of each of its tasks
 */
public record TemplateRequest(
        @NotNull @Size(min = 1, max = 64) String type,
        @Nullable JsonNode input,

        @Nullable @Pattern(regexp = TaskRequest.NAME, message = "use 1 to 63 of a-z, 0-9 and - inside")
        String queue,

        @Nullable @Min(-1000) @Max(1000) Integer priority,
        TaskRequest.@Nullable @Valid Retry retry,

        @Nullable @Size(max = 32)
        Map<
                        @Pattern(regexp = TaskRequest.LABEL, message = "use 1 to 63 of a-z, 0-9 and . _ / - inside")
                        String,
                        @NotNull @Size(max = 63) String>
                labels,

        @Nullable @Pattern(regexp = "instant|queued", message = "use instant or queued")
        String lane,

        @Nullable @Size(min = 1, max = 255) @Pattern(regexp = "\\P{Cntrl}*", message = "use no control characters")
        String concurrencyKey,

        TaskRequest.@Nullable @Valid Callback callback) {

    TaskRequest request() {
        boolean inDefaultQueue = queue == null && Lane.QUEUED.word().equals(lane);
        String named = inDefaultQueue ? CheckTask.DEFAULT_QUEUE : queue;
        return new TaskRequest(type, input, named, priority, null, null, retry, labels, null, concurrencyKey, callback);
    }
}
