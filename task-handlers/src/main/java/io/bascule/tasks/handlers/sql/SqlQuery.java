package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.sql.ServerTls.Mode;
import io.bascule.tasks.secret.SecretReferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a task asks for, from an input that is valid by the schema of {@code sql.query}.
 *
 * @param parameters with the values of secrets in the place of references; null is SQL's null
 */
public record SqlQuery(
        String resource, Login login, String statement, List<JsonNode> parameters, boolean readOnly, Bounds bounds) {

    private static final int DEFAULT_ROWS = 1_000;
    private static final int DEFAULT_BYTES = 512 * 1024;
    private static final int DEFAULT_SECONDS = 30;

    /**
     * Who asks, and which database.
     *
     * @param tls null for a plain line inside the tunnel
     */
    public record Login(
            String database,
            String user,
            String password,
            @Nullable ServerTls tls) {

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Login[database=%s]".formatted(database);
        }
    }

    /**
     * How much of an answer is wanted.
     *
     * @param bytes of the rows as JSON
     * @param time for the statement
     */
    public record Bounds(int rows, int bytes, Duration time) {}

    /**
     * @param secrets the values of those that the input refers to
     * @param left how long the task may go on
     */
    static SqlQuery of(JsonNode input, Map<String, String> secrets, Duration left) {
        Duration time = Duration.ofSeconds(input.path("timeoutSeconds").asInt(DEFAULT_SECONDS));
        return new SqlQuery(
                input.get("resource").asString(),
                new Login(
                        input.get("database").asString(),
                        SecretReferences.text(input.get("user"), secrets),
                        input.has("password") ? SecretReferences.text(input.get("password"), secrets) : "",
                        tls(input.path("tls"), secrets)),
                input.get("statement").asString(),
                parameters(input.path("parameters"), secrets),
                input.path("readOnly").asBoolean(true),
                new Bounds(
                        input.path("maxRows").asInt(DEFAULT_ROWS),
                        input.path("maxBytes").asInt(DEFAULT_BYTES),
                        left.compareTo(time) < 0 ? left : time));
    }

    private static @Nullable ServerTls tls(JsonNode wanted, Map<String, String> secrets) {
        String mode = wanted.path("mode").asString("disable");
        return mode.equals("disable")
                ? null
                : new ServerTls(
                        Mode.of(mode),
                        wanted.path("serverName").asString(""),
                        wanted.has("ca") ? SecretReferences.text(wanted.get("ca"), secrets) : "");
    }

    private static List<JsonNode> parameters(JsonNode given, Map<String, String> secrets) {
        List<JsonNode> parameters = new ArrayList<>();
        for (JsonNode parameter : given) {
            boolean secret = SecretReferences.name(parameter).isPresent();
            parameters.add(secret ? StringNode.valueOf(SecretReferences.text(parameter, secrets)) : parameter);
        }
        return List.copyOf(parameters);
    }

    /** A parameter as a text; objects and arrays are JSON. */
    public static @Nullable String text(JsonNode parameter) {
        if (parameter.isNull()) {
            return null;
        }
        return parameter.isContainer() ? parameter.toString() : parameter.asString();
    }

    /** For the log: without statement and parameters, where data are. */
    String describe() {
        return "A statement of %d characters with %d parameters for database %s of resource %s, %s"
                .formatted(
                        statement.length(),
                        parameters.size(),
                        login.database(),
                        resource,
                        readOnly ? "read-only" : "which may change data");
    }
}
