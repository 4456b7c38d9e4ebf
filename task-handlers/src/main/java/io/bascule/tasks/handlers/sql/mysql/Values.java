package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import io.bascule.tasks.handlers.sql.SqlAnswer;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Fields of rows by their type, as docs/tasks.md lists them. */
final class Values {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_DIGITS = 6;
    private static final int MOST_BYTES_OF_BITS = Long.BYTES;

    private Values() {}

    static JsonNode value(ResultSet found, int column, String type) throws SQLException {
        if (type.equals("BIT")) {
            return bits(found, column);
        }
        String text = found.getString(column);
        if (text == null) {
            return NullNode.getInstance();
        }
        return switch (type) {
            case "TINYINT",
                    "TINYINT UNSIGNED",
                    "SMALLINT",
                    "SMALLINT UNSIGNED",
                    "MEDIUMINT",
                    "MEDIUMINT UNSIGNED",
                    "INT",
                    "INT UNSIGNED",
                    "INTEGER",
                    "INTEGER UNSIGNED",
                    "YEAR" -> SqlAnswer.integer(text);
            case "FLOAT", "DOUBLE", "FLOAT UNSIGNED", "DOUBLE UNSIGNED" -> SqlAnswer.finite(text);
            case "JSON" -> SqlAnswer.json(text);
            case "DATETIME", "TIMESTAMP" -> StringNode.valueOf(moment(found, column, text));
            case "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB", "GEOMETRY" ->
                BinaryNode.valueOf(found.getBytes(column));
            default -> StringNode.valueOf(text);
        };
    }

    /**
     * A single bit is what other databases call a truth value. The digits of a number take the square of its length to find, so it is looked
     * at before anything is made of it.
     */
    private static JsonNode bits(ResultSet found, int column) throws SQLException {
        byte[] bytes = found.getBytes(column);
        if (bytes == null) {
            return NullNode.getInstance();
        }
        if (bytes.length > MOST_BYTES_OF_BITS) {
            throw ServerMisbehaved.inAnswer("The server sent %d bytes of bits (expected: at most %d)"
                    .formatted(bytes.length, MOST_BYTES_OF_BITS));
        }
        var number = new BigInteger(1, bytes);
        return found.getMetaData().getPrecision(column) == 1
                ? BooleanNode.valueOf(number.signum() != 0)
                : StringNode.valueOf(number.toString(2));
    }

    /**
     * The driver's text passes through this machine's time zone, and leaps where its summer begins. A date that is none (all or
     * part of it zero) it leaves alone.
     */
    private static String moment(ResultSet found, int column, String text) throws SQLException {
        try {
            Timestamp read = found.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
            return read == null
                    ? text
                    : written(read.toInstant(), found.getMetaData().getScale(column));
        } catch (DateTimeException | SQLException none) {
            return text;
        }
    }

    private static String written(Instant moment, int digits) {
        String second = SECOND.format(moment);
        return digits == 0
                ? second
                : second + "."
                        + "%06d"
                                .formatted(moment.get(ChronoField.MICRO_OF_SECOND))
                                .substring(0, Math.min(digits, MOST_DIGITS));
    }
}
