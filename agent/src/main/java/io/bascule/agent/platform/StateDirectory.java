package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.EndIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder that an agent keeps its membership in. Every file is readable by its owner only and replaced whole, so key
 * and certificate, which are of no use without each other, are one file. An agent has joined if and only if
 * {@code membership.json} is there, which is therefore written last. Who has joined can run with a folder that cannot be
 * written to.
 */
public final class StateDirectory {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String IDENTITY = "identity.json";
    private static final String MEMBERSHIP = "membership.json";

    private final Path directory;

    private StateDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the folder, and makes it if it is not there.
     *
     * @throws AgentStateException if it cannot be made
     */
    public static StateDirectory open(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, ownerOnly("rwx------"));
            }
            return new StateDirectory(directory);
        } catch (IOException failure) {
            throw new AgentStateException(directory + ": cannot be made: " + failure.getMessage(), failure);
        }
    }

    /** What the agent joined, if it has. */
    public Optional<Membership> load() {
        if (!Files.exists(directory.resolve(MEMBERSHIP))) {
            return Optional.empty();
        }
        try {
            Stored stored = JSON.readValue(read(MEMBERSHIP), Stored.class);
            return Optional.of(
                    new Membership(stored.id(), stored.name(), credentials(), stored.ticketKeys(), stored.bridges()));
        } catch (JacksonException spoilt) {
            throw unreadable(spoilt.getOriginalMessage(), spoilt);
        } catch (IOException | IllegalArgumentException spoilt) {
            throw unreadable(spoilt.getMessage(), spoilt);
        }
    }

    private AgentStateException unreadable(@Nullable String why, Exception cause) {
        return new AgentStateException(
                directory + ": its files cannot be read (" + why + "); remove them and join again with a new token",
                cause);
    }

    /** Says so before a join token is used up, if what comes of it could not be kept. */
    void requireWritable() {
        if (!Files.isWritable(directory)) {
            throw new AgentStateException(directory + ": cannot be written to (choose another state directory)");
        }
    }

    Membership save(EndIdentity identity, Joined joined) {
        EndCredentials credentials = saveIdentity(identity, joined.certificate(), joined.authorities());
        Membership membership = new Membership(
                joined.agent().id(),
                joined.agent().name(),
                credentials,
                TicketKey.byId(joined.ticketKeys()),
                joined.bridges());
        saveMembership(membership);
        return membership;
    }

    EndCredentials saveIdentity(EndIdentity identity, String certificate, String authorities) {
        EndCredentials credentials = identity.certified(certificate, authorities);
        write(IDENTITY, JSON.writeValueAsString(new Identity(identity.privateKey(), certificate, authorities)));
        return credentials;
    }

    /** Keeps the bridges and ticket keys that are known now, for the next start. */
    void saveMembership(Membership membership) {
        Stored stored = new Stored(membership.id(), membership.name(), membership.ticketKeys(), membership.bridges());
        write(MEMBERSHIP, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(stored));
    }

    private EndCredentials credentials() throws IOException {
        if (Files.exists(directory.resolve(IDENTITY))) {
            return JSON.readValue(read(IDENTITY), Identity.class).toCredentials();
        }
        // As it was kept before certificates were renewed.
        return EndCredentials.fromPem(read("key.pem"), read("certificate.pem"), read("authorities.pem"));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private void write(String name, String content) {
        Path file = directory.resolve(name);
        try {
            Path next = Files.createTempFile(directory, name, ".next", ownerOnly("rw-------"));
            try {
                Files.writeString(next, content, StandardOpenOption.SYNC);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException | UnsupportedOperationException failure) {
            throw new AgentStateException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Stored(UUID id, String name, Map<String, String> ticketKeys, List<BridgeLocation> bridges) {}

    /** All in PEM. */
    private record Identity(String privateKey, String certificate, String authorities) {

        EndCredentials toCredentials() {
            return EndCredentials.fromPem(privateKey, certificate, authorities);
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Identity[private key not shown]";
        }
    }
}
