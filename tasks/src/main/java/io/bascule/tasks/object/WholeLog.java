package io.bascule.tasks.object;

import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.object.LogArchive.Text;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies a log into the archive a page at a time, however long it is. Of one that is longer than the archive keeps, it takes
 * both ends, and says between them how much is missing.
 *
 * @param most lines that are kept
 * @param page lines that are read at once
 */
record WholeLog(TaskLogReader reader, LogArchive archive, int most, int page) {

    /** Stores nothing of a log without lines. */
    void copy(LogKey log) {
        Text all = archive.compose();
        long lines = each(log, new Limited(most, all::add));
        if (lines > most) {
            archive.put(log, bothEnds(log, lines));
        } else if (lines > 0) {
            archive.put(log, all);
        }
    }

    /** More may have been said meanwhile; then the log is archived again. */
    private Text bothEnds(LogKey log, long lines) {
        Text text = archive.compose();
        long head = most / 2;
        long tail = lines - (most - head);
        each(log, (number, line) -> {
            if (number < head || number >= tail) {
                text.add(line);
            } else if (number == head) {
                text.add(new LogLine(
                        line.at(),
                        line.time(),
                        LogLevel.WARN,
                        "%,d lines are left out here: of a log, %,d are kept".formatted(tail - head, most)));
            }
        });
        return text;
    }

    private long each(LogKey log, Numbered lines) {
        long number = 0;
        List<LogLine> read = reader.read(log, LogPosition.START, page);
        while (!read.isEmpty()) {
            for (LogLine line : read) {
                lines.take(number, line);
                number++;
            }
            read = reader.read(log, read.getLast().at(), page);
        }
        return number;
    }

    private interface Numbered {

        void take(long number, LogLine line);
    }

    /** Takes the first lines and no more. */
    private record Limited(int most, Consumer<LogLine> lines) implements Numbered {

        @Override
        public void take(long number, LogLine line) {
            if (number < most) {
                lines.accept(line);
            }
        }
    }
}
