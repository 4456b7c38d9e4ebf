package io.bascule.cli.output;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What surrounds a command: its streams, its environment, and the format that was asked for. */
public final class Shell {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private Format format = Format.table;

    public Shell(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
    }

    public void use(Format chosen) {
        this.format = chosen;
    }

    public Format format() {
        return format;
    }

    /** A list of results. */
    public void list(List<Column> columns, List<JsonNode> items) {
        switch (format) {
            case table -> Table.print(columns, items, out);
            case json -> out.println(pretty(items));
            case jsonl -> items.forEach(item -> out.println(JSON.writeValueAsString(item)));
            case yaml -> out.print(Yaml.of(JSON.valueToTree(items)));
        }
    }

    /** A single result with all its members; one below the other where a table was asked for. */
    public void one(JsonNode item) {
        switch (format) {
            case table, yaml -> out.print(Yaml.of(item));
            case json -> out.println(pretty(item));
            case jsonl -> out.println(JSON.writeValueAsString(item));
        }
    }

    private static String pretty(Object value) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** A line for the person, which is no result. */
    public void say(String text) {
        err.println(text);
    }

    /** Where the person can be asked; empty when input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull") // null or not a terminal: that depends on the release
    public Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    public InputStream in() {
        return in;
    }

    /** All of standard input, as text. */
    public String input() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public Map<String, String> environment() {
        return environment;
    }
}
