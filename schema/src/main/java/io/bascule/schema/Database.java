package io.bascule.schema;

import java.util.Map;

/** Which database is migrated, and as whom. */
record Database(String url, String username, String password) {

    /** Reads the environment; fails with the name of what is missing. */
    static Database from(Map<String, String> environment) {
        return new Database(
                required(environment, "BASCULE_DATABASE_URL", "such as jdbc:postgresql://host:5432/bascule"),
                required(environment, "BASCULE_DATABASE_USERNAME", "a role that owns the schema"),
                environment.getOrDefault("BASCULE_DATABASE_PASSWORD", ""));
    }

    private static String required(Map<String, String> environment, String name, String expected) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("%s is not set (expected: %s)".formatted(name, expected));
        }
        return value;
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return username + " at " + url;
    }
}
