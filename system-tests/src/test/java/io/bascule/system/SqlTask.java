package io.bascule.system;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database behind the agent, asked by tasks with a password that the workspace keeps as a secret. */
record SqlTask(CommandLine shell, String resource, String database, String user, String secret) {

    void keep(String password, Path file) throws Exception {
        Files.writeString(file, password + "\n");
        shell.run("secret", "set", secret, "--file", file.toString()).succeeded();
    }

    /** The task once it has ended, however it did. */
    JsonNode ask(String statement) throws Exception {
        String input = """
                {"resource": "%s", "database": "%s", "user": "%s", "password": {"secret": "%s"},
                 "statement": "%s"}""".formatted(resource, database, user, secret, statement);
        return JsonMapper.shared()
                .readTree(shell.run("task", "submit", "sql.query", "--input", input, "--wait", "60", "-o", "json")
                        .out());
    }
}
