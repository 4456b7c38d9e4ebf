package io.bascule.api.replica;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where there is no replica. */
record PrimaryReads(JdbcClient primary) implements LongReads {

    @Override
    public <T> T read(Function<JdbcClient, T> question) {
        return question.apply(primary);
    }
}
