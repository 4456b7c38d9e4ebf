package io.bascule.api.system;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on a schema that is too old, before anything else starts. A newer one is welcome: it is what a rolling
 * upgrade brings first. Not while the context is built, so that an image can be made where there is no database.
 */
@Component
class SchemaCheck implements SmartLifecycle {

    private final JdbcClient jdbc;
    private final int required;
    private volatile boolean passed;

    SchemaCheck(JdbcClient jdbc, SystemProperties properties) {
        this.jdbc = jdbc;
        this.required = properties.schema();
    }

    @Override
    public void start() {
        int found = version();
        if (found < required) {
            throw new SchemaTooOld(found, required);
        }
        passed = true;
    }

    @Override
    public void stop() {
        passed = false;
    }

    @Override
    public boolean isRunning() {
        return passed;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private int version() {
        boolean migrated = jdbc.sql("select to_regclass('flyway_schema_history') is not null")
                .query(Boolean.class)
                .single();
        return migrated
                ? jdbc.sql("select coalesce(max(version::int), 0) from flyway_schema_history where success")
                        .query(Integer.class)
                        .single()
                : 0;
    }
}
