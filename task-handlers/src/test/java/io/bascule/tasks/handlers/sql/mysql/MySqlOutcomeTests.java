package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestMariaDb;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.node.ObjectNode;

/** What is said of statements that were cut off: one that can have committed by itself is not called undone. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class MySqlOutcomeTests {

    private final TestMariaDb database = TestMariaDb.running();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database.url()));

    @BeforeAll
    void aProcedureCommits() {
        jdbc.sql("create table halves (half varchar(20))").update();
        jdbc.sql("create procedure half(name varchar(20), seconds int) begin"
                        + " insert into halves values (name); commit; select sleep(seconds); end")
                .update();
    }

    @Test
    void aProcedureThatTheServerStoppedMayHaveCommitted() {
        TaskFailure stopped =
                failure(MySqlTasks.input("call half('stopped', 602)").put("timeoutSeconds", 1));

        assertThat(halves("stopped")).as("what it had done").isOne();
        assertThat(stopped.error().code()).isEqualTo("sql-outcome-unknown");
        assertThat(stopped.error().message()).contains("error 1969", "look whether its change was made");
        assertThat(stopped.isRetryable()).isFalse();
    }

    @Test
    void aProcedureWhoseLineBrokeMayHaveCommitted() throws Exception {
        TaskFailure cut = cutOff("call half('cut', 603)", "select sleep%603%");

        assertThat(halves("cut")).as("what it had done").isOne();
        assertThat(cut.error().code()).isEqualTo("sql-outcome-unknown");
        assertThat(cut.isRetryable()).isFalse();
    }

    @Test
    void aChangeThatWasLeftToTheCommitIsUndoneAndTriedAgain() throws Exception {
        TaskFailure cut = cutOff(" Insert into halves select concat('never', sleep(604))", "%sleep(604)%");
        assertThat(cut.error().code()).isIn("connection-failed", "statement-timeout");
        assertThat(cut.isRetryable()).isTrue();

        TaskFailure stopped = failure(MySqlTasks.input("insert into halves select concat('never', sleep(600))")
                .put("timeoutSeconds", 1));
        assertThat(stopped.error().code()).isEqualTo("statement-timeout");
        assertThat(stopped.isRetryable()).isTrue();
        assertThat(jdbc.sql("select count(*) from halves where half like 'never%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private TaskFailure cutOff(String statement, String running) throws InterruptedException {
        var thrown = new AtomicReference<TaskFailure>();
        Thread task = Thread.ofVirtual().start(() -> thrown.set(failure(MySqlTasks.input(statement))));
        String sessions = " from information_schema.processlist where info like ? and id <> connection_id()";
        Await.until(() -> jdbc.sql("select count(*)" + sessions)
                        .param(running)
                        .query(Integer.class)
                        .single()
                == 1);
        jdbc.sql("kill "
                        + jdbc.sql("select id" + sessions)
                                .param(running)
                                .query(Long.class)
                                .single())
                .update();
        task.join();
        return thrown.get();
    }

    private int halves(String half) {
        return jdbc.sql("select count(*) from halves where half = ?")
                .param(half)
                .query(Integer.class)
                .single();
    }

    private TaskFailure failure(ObjectNode input) {
        return catchThrowableOfType(
                TaskFailure.class,
                () -> MySqlTasks.handler(database.port()).run(MySqlTasks.paper(input.put("readOnly", false))));
    }
}
