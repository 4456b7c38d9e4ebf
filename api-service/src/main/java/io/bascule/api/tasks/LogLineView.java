package io.bascule.api.tasks;

import io.bascule.tasks.log.LogLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A line of a task's log.
 *
 * @param id attempt and number, such as {@code 2-17}; to go on after it, send it as {@code Last-Event-ID}
 * @param text without control characters; secrets show as {@code ***}
 */
record LogLineView(
        String id,
        int attempt,
        Instant time,

        @Schema(allowableValues = {"debug", "info", "warn", "error"})
        String level,

        String text) {

    static LogLineView of(LogLine line) {
        return new LogLineView(
                line.at().toString(),
                line.at().attempt(),
                line.time(),
                line.level().word(),
                line.text());
    }
}
