package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.EndIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder that an agent keeps its membership in. Every file is readable by its owner only and replaced whole. An agent
 * has joined if and only if {@code membership.json} is there, which is therefore written last.
 */
public final class StateDirectory {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "key.pem";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String AUTHORITIES = "authorities.pem";
    private static final String MEMBERSHIP = "membership.json";

    private final Path directory;

    private StateDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the folder, and makes it if it is not there.
     *
     * @throws AgentStateException if it cannot be made or written to
     */
    public static StateDirectory open(Path directory) {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            if (!Files.isWritable(directory)) {
                throw new AgentStateException(directory + ": cannot be written to (choose another state directory)");
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
            EndCredentials credentials = EndCredentials.fromPem(read(KEY), read(CERTIFICATE), read(AUTHORITIES));
            return Optional.of(
                    new Membership(stored.id(), stored.name(), credentials, stored.ticketKeys(), stored.bridges()));
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            throw new AgentStateException(
                    directory + ": its files cannot be read (" + unreadable.getMessage()
                            + "); remove them and join again with a new token",
                    unreadable);
        }
    }

    Membership save(EndIdentity identity, Joined joined) {
        EndCredentials credentials = identity.certified(joined.certificate(), joined.authorities());
        write(KEY, identity.privateKey());
        write(CERTIFICATE, joined.certificate());
        write(AUTHORITIES, joined.authorities());
        Membership membership = new Membership(
                joined.agent().id(), joined.agent().name(), credentials, joined.keysById(), joined.bridges());
        saveBridges(membership, joined.bridges());
        return membership;
    }

    /** Keeps the bridges that are known now, so that the next start can dial them. */
    public void saveBridges(Membership membership, List<BridgeLocation> bridges) {
        write(
                MEMBERSHIP,
                JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(
                                new Stored(membership.id(), membership.name(), membership.ticketKeys(), bridges)));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private void write(String name, String content) {
        Path file = directory.resolve(name);
        try {
            Path next = Files.createTempFile(directory, name, ".next", ownerOnly("rw-------"));
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new AgentStateException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Stored(UUID id, String name, Map<String, String> ticketKeys, List<BridgeLocation> bridges) {}
}
