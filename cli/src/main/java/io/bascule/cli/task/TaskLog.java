package io.bascule.cli.task;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.ServerEvent;
import io.bascule.cli.output.Format;
import io.bascule.cli.output.Shell;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Prints the log of a task: its text, or each line as JSON where that is the format. */
public final class TaskLog {

    private static final Duration LONGEST_FOLLOWING = Duration.ofDays(7);
    private static final int PAGE = 1_000;

    private final Api api;
    private final Shell shell;
    private final boolean timestamps;
    private int attempt = 1;
    private String state = "";

    public TaskLog(Api api, Shell shell, boolean timestamps) {
        this.api = api;
        this.shell = shell;
        this.timestamps = timestamps;
    }

    /** What has been said so far. */
    public int print(String task) {
        String cursor = "";
        do {
            Map<String, String> query = new TreeMap<>(Map.of("limit", Integer.toString(PAGE), "cursor", cursor));
            JsonNode page = api.send(Call.get(path(task) + Call.query(query))).body();
            page.path("items").forEach(this::line);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return ExitCode.OK;
    }

    /** Until the task ends; the exit code tells how it did. A connection that breaks is made again where it was. */
    public int follow(String task) {
        api.follow(Call.get(path(task) + "/events").waiting(LONGEST_FOLLOWING), this::event);
        return state.equals("succeeded") ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean event(ServerEvent event) {
        if (event.type().equals("end")) {
            state = event.data().path("state").asString("");
            shell.say("The task has " + state);
            return false;
        }
        if (event.type().equals("line")) {
            line(event.data());
        }
        return true;
    }

    private void line(JsonNode line) {
        if (shell.format() == Format.json || shell.format() == Format.jsonl) {
            shell.out().println(line);
            return;
        }
        int said = line.path("attempt").asInt(1);
        if (said != attempt) {
            attempt = said;
            shell.say("--- attempt " + attempt);
        }
        String text = harmless(line.path("text").asString(""));
        shell.out().println(timestamps ? line.path("time").asString("") + " " + text : text);
    }

    /** The platform cleans what tasks say; a terminal is not to depend on it. */
    private static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "");
    }

    private static String path(String task) {
        return "/tasks/%s/log".formatted(Call.segment(task));
    }
}
