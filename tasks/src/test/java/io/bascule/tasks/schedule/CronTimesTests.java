package io.bascule.tasks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTests {

    /** A Friday. */
    private static final LocalDateTime START = LocalDateTime.parse("2026-05-01T08:30:20");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *         | 2026-05-01T08:31",
                "0 9 * * MON-FRI   | 2026-05-01T09:00",
                "0 8 * * mon-fri   | 2026-05-04T08:00",
                "*/20 * * * *      | 2026-05-01T08:40",
                "5-20/5 10 * * *   | 2026-05-01T10:05",
                "0 0 1 JAN *       | 2027-01-01T00:00",
                "0 0 * * 0         | 2026-05-03T00:00",
                "0 0 * * 7         | 2026-05-03T00:00",
                "15,45 8,20 * * *  | 2026-05-01T08:45",
                "0 0 29 2 *        | 2028-02-29T00:00",
                "'  0   9  * * * ' | 2026-05-01T09:00",
                "@hourly           | 2026-05-01T09:00",
                "@daily            | 2026-05-02T00:00",
                "@Midnight         | 2026-05-02T00:00",
                "@weekly           | 2026-05-03T00:00",
                "@monthly          | 2026-06-01T00:00",
                "@yearly           | 2027-01-01T00:00",
                "@annually         | 2027-01-01T00:00",
            })
    void theNextTimeMatchesTheExpression(String expression, LocalDateTime expected) {
        assertThat(CronTimes.parse(expression).after(START)).contains(expected);
    }

    @Test
    void eitherDayIsEnoughWhenBothAreRestricted() {
        assertThat(next("0 0 13 * FRI", 4))
                .containsExactly(
                        LocalDateTime.parse("2026-05-08T00:00"),
                        LocalDateTime.parse("2026-05-13T00:00"),
                        LocalDateTime.parse("2026-05-15T00:00"),
                        LocalDateTime.parse("2026-05-22T00:00"));
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertThat(CronTimes.parse("0 0 30 2 *").after(START)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | expected: minute, hour",
                "* * * *         | expected: minute, hour",
                "0 0 9 * * MON   | expected: minute, hour",
                "60 * * * *      | a value is out of range",
                "0 24 * * *      | a value is out of range",
                "0 0 32 * *      | a value is out of range",
                "0 0 * * MOO     | a value is out of range",
                "0 0 * 13 *      | a value is out of range",
                "0 0 L * *       | day of month: \"L\"",
                "0 0 15W * *     | day of month: \"15W\"",
                "0 0 * * FRI#2   | day of week: \"FRI#2\"",
                "0 0 ? * *       | day of month: \"?\"",
                "5/15 * * * *    | minute: \"5/15\"",
                "*/0 * * * *     | a value is out of range",
                "1,,2 * * * *    | minute: \"1,,2\"",
                "@reboot         | @reboot (expected one of: @annually, @daily",
                "0 17-9 * * *    | a value is out of range",
            })
    void whatIsNoExpressionIsRefusedWithTheReason(String expression, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronTimes.parse(expression))
                .withMessageContaining(reason);
    }

    private static List<LocalDateTime> next(String expression, int number) {
        CronTimes times = CronTimes.parse(expression);
        List<LocalDateTime> found = new ArrayList<>();
        Optional<LocalDateTime> next = times.after(START);
        while (found.size() < number) {
            found.add(next.orElseThrow());
            next = times.after(next.get());
        }
        return found;
    }
}
