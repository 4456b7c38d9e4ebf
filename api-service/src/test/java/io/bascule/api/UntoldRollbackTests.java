package io.bascule.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ApiTest
class UntoldRollbackTests {

    private final TransactionTemplate transaction;
    private final JdbcClient database;

    UntoldRollbackTests(TransactionTemplate transaction, JdbcClient database) {
        this.transaction = transaction;
        this.database = database;
    }

    @Test
    void aConnectionThatEndsWithinATransactionIsWhatIsToldAndNotThatItCouldNotBeRolledBack() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> endOwnConnection()))
                .isInstanceOf(DataAccessResourceFailureException.class);

        assertThat(transaction.<Integer>execute(
                        _ -> database.sql("select 1").query(Integer.class).single()))
                .as("the next one has another connection")
                .isEqualTo(1);
    }

    private void endOwnConnection() {
        database.sql("select pg_terminate_backend(pg_backend_pid())").query().listOfRows();
    }
}
