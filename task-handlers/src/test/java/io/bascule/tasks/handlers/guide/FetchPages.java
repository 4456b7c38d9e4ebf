package io.bascule.tasks.handlers.guide;

import io.bascule.tasks.secret.SecretReferences;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/** {@code files.fetch}: fetches pages one after the other, and goes on where a lost attempt stopped. */
final class FetchPages implements TaskHandler {

    private final PageSource source;

    FetchPages(PageSource source) {
        this.source = source;
    }

    @Override
    public String type() {
        return "files.fetch";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure, InterruptedException {
        Set<String> references = SecretReferences.in(context.input());
        String token = SecretReferences.text(context.input().get("token"), context.secrets(references));
        int pages = context.input().path("pages").asInt(1);
        int done = context.checkpoint().map(JsonNode::asInt).orElse(0);
        while (done < pages) {
            if (!source.fetch(done, token)) {
                throw TaskFailure.retryable("page-missing", "Page %d is not there yet".formatted(done));
            }
            done++;
            context.checkpoint(IntNode.valueOf(done));
            context.progress(100 * done / pages, "page " + done);
        }
        context.log("Fetched %d pages".formatted(pages));
        return IntNode.valueOf(done);
    }
}
