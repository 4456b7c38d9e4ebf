package io.bascule.tasks.type;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bascule.tasks.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every task type there is. Immutable; safe for use by many threads. */
public class TaskCatalogue {

    private static final int MOST_PROBLEMS = 20;
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public TaskCatalogue(Collection<TaskType> types) {
        for (TaskType type : types) {
            entries.put(type.name(), new Entry(type, SCHEMAS.getSchema(type.inputSchema(), InputFormat.JSON)));
        }
    }

    /** The types that ship with the platform. */
    public static TaskCatalogue builtIn() {
        return new TaskCatalogue(List.of(
                builtIn("echo", "Returns its message, after a while if asked to.", Lane.INSTANT, Lane.QUEUED),
                builtIn("code.run", "Runs a function in a code runner.", Lane.INSTANT, Lane.QUEUED),
                builtIn(
                        "http.request",
                        "Sends an HTTP request, directly or through a resource's tunnel.",
                        Lane.INSTANT,
                        Lane.QUEUED),
                builtIn(
                        "sql.query",
                        "Runs a statement at a PostgreSQL, MySQL or MariaDB server, through a resource's tunnel.",
                        Lane.INSTANT,
                        Lane.QUEUED)));
    }

    private static TaskType builtIn(String name, String description, Lane... lanes) {
        try (InputStream schema = TaskCatalogue.class.getResourceAsStream(name + ".schema.json")) {
            byte[] text = Objects.requireNonNull(schema, name).readAllBytes();
            return new TaskType(name, description, new String(text, StandardCharsets.UTF_8), Set.of(lanes));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Collection<TaskType> types() {
        return entries.values().stream().map(Entry::type).toList();
    }

    public Optional<TaskType> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::type);
    }

    /** Where an input breaks the schema of a known type; empty means it is good. */
    public List<InputProblem> check(TaskType type, JsonNode input) {
        Entry entry = Objects.requireNonNull(entries.get(type.name()), type.name());
        return entry.schema().validate(input).stream()
                .limit(MOST_PROBLEMS)
                .map(TaskCatalogue::problem)
                .toList();
    }

    /** A missing or unknown property is reported at its own place rather than at the object that lacks it. */
    private static InputProblem problem(Error error) {
        String place = error.getInstanceLocation().toString();
        @Nullable String property = error.getProperty();
        String pointer = property == null
                ? place
                : place + "/" + property.replace("~", "~0").replace("/", "~1");
        return new InputProblem(pointer, error.getMessage());
    }

    private record Entry(TaskType type, Schema schema) {}
}
