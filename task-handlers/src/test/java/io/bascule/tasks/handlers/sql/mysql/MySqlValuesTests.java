package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.TestMariaDb;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Each type of a real server. */
@Timeout(60)
class MySqlValuesTests {

    private final TestMariaDb database = TestMariaDb.running();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database.url()));

    @Test
    void eachTypeHasOneFormInTheAnswer() throws Exception {
        jdbc.sql("create table types (t tinyint(1), tu tinyint unsigned, i int unsigned, l bigint, lu bigint unsigned,"
                        + " n decimal(20, 2), d double, f float, b1 bit(1), b9 bit(9), bin varbinary(4), txt text, day date,"
                        + " at datetime(3), ts timestamp null, tm time, y year, e enum('a', 'b'), nothing int)")
                .update();
        jdbc.sql(
                        "set statement time_zone = '+02:00' for insert into types values (7, 255, 4294967295, -9007199254740993,"
                                + " 18446744073709551615, 1.10, 1.5, 0.1, 1, 5, x'00ff', 'täxt', '2026-05-04',"
                                + " '2026-03-29 02:30:00.120', '2026-05-04 07:00:00', '-100:00:01', 2026, 'b', null)")
                .update();

        JsonNode answer = run("select * from types");

        assertThat(answer.path("rows").path(0).toString())
                .isEqualTo(
                        "[7,255,4294967295,\"-9007199254740993\",\"18446744073709551615\",\"1.10\",1.5,0.1,true,\"101\","
                                + "\"AP8=\",\"täxt\",\"2026-05-04\",\"2026-03-29 02:30:00.120\",\"2026-05-04 05:00:00\","
                                + "\"-100:00:01\",2026,\"b\",null]");
        assertThat(answer.path("columns").path(4).toString())
                .isEqualTo("{\"name\":\"lu\",\"type\":\"BIGINT UNSIGNED\"}");
        assertThat(answer.path("truncated").asBoolean()).isFalse();
        assertThat(answer.path("updateCount").isNull()).isTrue();
        assertThat(run("select * from types where 1 = 0").path("rows")).isEmpty();
    }

    /** The night on which this machine's clocks leap, and dates that are none, are told as the server has them. */
    @Test
    void aDateIsToldAsTheServerHasIt() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            jdbc.sql(
                            "set statement sql_mode = '' for create table days as select cast('2026-03-29 02:30:00' as datetime) a,"
                                    + " cast('0000-00-00 00:00:00' as datetime) b, cast('2026-00-00' as date) c")
                    .update();

            assertThat(run("select a, b, c from days").path("rows").toString())
                    .isEqualTo("[[\"2026-03-29 02:30:00\",\"0000-00-00 00:00:00\",\"2026-00-00\"]]");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private JsonNode run(String statement) throws Exception {
        return MySqlTasks.handler(database.port()).run(MySqlTasks.paper(MySqlTasks.input(statement)));
    }
}
