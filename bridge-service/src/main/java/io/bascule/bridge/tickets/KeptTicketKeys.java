package io.bascule.bridge.tickets;

import io.bascule.tunnel.client.ticket.TicketKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes each change of the ticket keys to a file, and reads it at the start. The file may be lost at any time. */
public final class KeptTicketKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KeptTicketKeys.class);

    private static final TypeReference<Map<String, String>> KEYS_BY_ID = new TypeReference<>() {};

    private final JsonMapper json;
    private final TicketKeys keys;
    private final @Nullable Path file;
    private Map<String, String> current = Map.of();

    /** @param file where to keep them; without it they are not kept */
    KeptTicketKeys(JsonMapper json, TicketKeys keys, @Nullable Path file) {
        this.json = json;
        this.keys = keys;
        this.file = file;
    }

    /** @param named base64 keys by their id */
    public synchronized void replace(Map<String, String> named) {
        if (named.equals(current)) {
            return;
        }
        keys.replace(named);
        current = Map.copyOf(named);
        LOG.info("ticket keys: {}", named.keySet());
        if (file != null) {
            write(file);
        }
    }

    synchronized void load() {
        if (file != null) {
            load(file);
        }
    }

    private void load(Path file) {
        try {
            Map<String, String> named = json.readValue(Files.readString(file), KEYS_BY_ID);
            keys.replace(named);
            current = Map.copyOf(named);
        } catch (NoSuchFileException first) {
            LOG.debug("no ticket keys were kept at {}", file, first);
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            LOG.warn("{}: kept ticket keys cannot be read; the API will tell them: {}", file, unreadable.toString());
        }
    }

    private void write(Path file) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(next, json.writeValueAsString(current));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            LOG.warn("{}: ticket keys cannot be kept over a restart: {}", file, failure.toString());
        }
    }
}
