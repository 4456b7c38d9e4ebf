package io.bascule.api.replica;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads that may take long, of what does not change any more: at the read replica where there is one that is fit for it, else at the
 * primary. What was committed before is found in both. Safe for use by many threads.
 */
public interface LongReads {

    /**
     * Asks one of the two.
     *
     * @param question changes nothing; may be asked a second time, of the primary, when the replica breaks off
     * @throws org.springframework.dao.DataAccessException as the database that was asked does, if it took too long there, too
     */
    <T> T read(Function<JdbcClient, T> question);
}
