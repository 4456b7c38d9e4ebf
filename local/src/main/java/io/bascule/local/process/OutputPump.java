package io.bascule.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Carries what a process prints to its log file and the terminal, and remembers its last lines. */
final class OutputPump {

    private static final int REMEMBERED = 20;
    /** Longer lines are cut into pieces, so that a process that prints no line break cannot fill the memory. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final String name;
    private final Path logs;
    private final Terminal terminal;
    private final Deque<String> last = new ArrayDeque<>(REMEMBERED);

    OutputPump(String name, Path logs, Terminal terminal) {
        this.name = name;
        this.logs = logs;
        this.terminal = terminal;
    }

    /** Reads until the process closes its output; runs on a thread of its own. */
    void carry(InputStream output) {
        try (RollingLog log = new RollingLog(logs, name, RollingLog.DEFAULT_LIMIT);
                BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int character = reader.read(); character >= 0; character = reader.read()) {
                if (character == '\n' || line.length() == LONGEST_LINE) {
                    emit(line, log);
                }
                if (character != '\n') {
                    line.append((char) character);
                }
            }
            if (!line.isEmpty()) {
                emit(line, log);
            }
        } catch (IOException e) {
            terminal.line(name, "(its output can no longer be read: " + e.getMessage() + ")");
        }
    }

    private void emit(StringBuilder line, RollingLog log) throws IOException {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        remember(text);
        terminal.line(name, text);
        log.line(text);
    }

    private synchronized void remember(String text) {
        if (last.size() == REMEMBERED) {
            last.removeFirst();
        }
        last.addLast(text);
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }
}
