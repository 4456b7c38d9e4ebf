package io.bascule.api.system;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on a schema that is too old. A newer one is welcome: it is what a rolling upgrade brings first.
 */
@Component
class SchemaCheck implements SmartInitializingSingleton {

    private final JdbcClient jdbc;
    private final int required;

    SchemaCheck(JdbcClient jdbc, SystemProperties properties) {
        this.jdbc = jdbc;
        this.required = properties.schema();
    }

    @Override
    public void afterSingletonsInstantiated() {
        int found = version();
        if (found < required) {
            throw new SchemaTooOld(found, required);
        }
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
