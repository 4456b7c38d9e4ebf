package io.bascule.tasks.object;

import io.bascule.storage.ObjectStorage;
import io.bascule.storage.ObjectStorage.StoredObject;
import io.bascule.storage.StorageException;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The logs of ended tasks: one object each, a JSON document a line, compressed. */
public final class LogArchive {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectStorage storage;

    public LogArchive(ObjectStorage storage) {
        this.storage = storage;
    }

    /** A log to be stored, line by line; it is held compressed. */
    Text compose() {
        return new Text();
    }

    /** Takes the place of what was stored of this log before. */
    void put(LogKey log, Text text) {
        storage.put(TaskObjects.log(log.workspace(), log.task()), text.close());
    }

    /** The first lines after a position, at most so many; none when the log was not archived. */
    public List<LogLine> read(LogKey log, LogPosition after, int most) {
        StoredObject object =
                storage.get(TaskObjects.log(log.workspace(), log.task())).orElse(null);
        if (object == null) {
            return List.of();
        }
        try (object;
                var text = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(object.content()), StandardCharsets.UTF_8))) {
            return text.lines()
                    .map(line -> line(JSON.readTree(line)))
                    .filter(line -> line.at().isAfter(after))
                    .limit(most)
                    .toList();
        } catch (IOException | RuntimeException failure) {
            throw new StorageException("the archived log of task %s cannot be read".formatted(log.task()), failure);
        }
    }

    private static ObjectNode json(LogLine line) {
        return JSON.createObjectNode()
                .put("id", line.at().toString())
                .put("time", line.time().toString())
                .put("level", line.level().word())
                .put("text", line.text());
    }

    private static LogLine line(JsonNode json) {
        return new LogLine(
                LogPosition.parse(json.path("id").asString("")).orElse(LogPosition.START),
                Instant.parse(json.path("time").asString("")),
                LogLevel.of(json.path("level").asString("info")),
                json.path("text").asString(""));
    }

    /** Not safe for use by several threads. */
    static final class Text {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final GZIPOutputStream compressed;

        private Text() {
            try {
                compressed = new GZIPOutputStream(bytes);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        void add(LogLine line) {
            try {
                compressed.write(JSON.writeValueAsBytes(json(line)));
                compressed.write('\n');
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        private byte[] close() {
            try {
                compressed.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return bytes.toByteArray();
        }
    }
}
