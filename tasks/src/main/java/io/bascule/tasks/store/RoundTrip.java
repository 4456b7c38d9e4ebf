package io.bascule.tasks.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * Queries that go to the server in one message: one way there and back and, unless the caller has a transaction, one commit.
 * PostgreSQL runs what comes before a Sync as one transaction; its driver sends one for all the statements of a string.
 */
final class RoundTrip {

    /**
     * Until the end of the transaction plans are made once a connection, for any parameters, and walk indexes. Planning a claim
     * takes longer than its execution; and a plan that was made while the live table was small would read all of it, and go on
     * doing so while it grows.
     */
    static final Query PINNED = new Query("""
            select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)""", List.of(), _ -> {});

    private RoundTrip() {}

    /** Makes the queries in order, with pinned plans; their rows are handed out when the last one has been answered. */
    static void make(JdbcOperations database, List<Query> wanted) {
        List<Query> queries = Stream.concat(Stream.of(PINNED), wanted.stream()).toList();
        String sql = queries.stream().map(Query::sql).collect(Collectors.joining(";\n"));
        PreparedStatementCallback<Integer> exchange = statement -> {
            bind(statement, queries);
            statement.execute();
            for (Query query : queries) {
                read(statement.getResultSet(), query.rows());
                statement.getMoreResults();
            }
            return queries.size();
        };
        database.execute(sql, exchange);
    }

    private static void bind(PreparedStatement statement, List<Query> queries) throws SQLException {
        int index = 0;
        for (Query query : queries) {
            for (Object value : query.parameters()) {
                statement.setObject(++index, value);
            }
        }
    }

    private static void read(ResultSet result, RowCallbackHandler rows) throws SQLException {
        while (result.next()) {
            rows.processRow(result);
        }
    }

    /**
     * A statement that answers with rows.
     *
     * @param parameters in the order of their question marks
     */
    record Query(String sql, List<Object> parameters, RowCallbackHandler rows) {

        /** Of a statement with named parameters. */
        static Query of(ParsedSql named, Map<String, ?> parameters, RowCallbackHandler rows) {
            var source = new MapSqlParameterSource(parameters);
            return new Query(
                    NamedParameterUtils.substituteNamedParameters(named, source),
                    List.of(NamedParameterUtils.buildValueArray(named, source, null)),
                    rows);
        }
    }
}
