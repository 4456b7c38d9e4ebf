package io.bascule.cli.task;

import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What can be said of a task beside its type. The properties have other words for commands that these do not fit. */
@Command(resourceBundle = "io.bascule.cli.task.TaskOptions")
public final class TaskOptions {

    @Option(
            names = "--input",
            defaultValue = "{}",
            paramLabel = "JSON",
            descriptionKey = "input",
            description = "JSON, @FILE, or - for standard input.")
    private String input = "{}";

    @Option(
            names = {"-q", "--queue"},
            descriptionKey = "queue",
            description = "The queue to wait in; an instant task has none.")
    private String queue = "";

    @Option(
            names = "--concurrency-key",
            paramLabel = "WORD",
            description = "Tasks of the queue with the same word run one at a time, or as many as the queue allows.")
    private String concurrencyKey = "";

    @Option(
            names = "--callback",
            paramLabel = "URL",
            descriptionKey = "callback",
            description =
                    "Tell this address of the task's end; `bascule callback rotate` makes the secret that signs it.")
    private String callback = "";

    @Option(names = "--label", paramLabel = "K=V", descriptionKey = "label", description = "A label; can be repeated.")
    private Map<String, String> labels = Map.of();

    /** The task as the platform takes it. */
    public Map<String, Object> task(String type, Shell shell) throws IOException {
        Map<String, Object> task = new HashMap<>(Map.of("type", type, "input", TaskInput.read(input, shell)));
        if (!queue.isEmpty()) {
            task.put("queue", queue);
        }
        if (!concurrencyKey.isEmpty()) {
            task.put("concurrencyKey", concurrencyKey);
        }
        if (!callback.isEmpty()) {
            task.put("callback", Map.of("url", callback));
        }
        if (!labels.isEmpty()) {
            task.put("labels", labels);
        }
        return task;
    }
}
