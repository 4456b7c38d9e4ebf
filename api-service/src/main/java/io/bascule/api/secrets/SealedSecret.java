package io.bascule.api.secrets;

import io.bascule.api.keys.WorkspaceKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/** A value as the database has it, and where it belongs: what it is bound to is part of what opens it. */
final class SealedSecret {

    private final UUID workspace;
    private final String name;
    private final long version;
    private final int generation;
    private final byte[] sealed;

    SealedSecret(UUID workspace, String name, long version, int generation, byte[] sealed) {
        this.workspace = workspace;
        this.name = name;
        this.version = version;
        this.generation = generation;
        this.sealed = sealed.clone();
    }

    static SealedSecret seal(WorkspaceKey key, UUID workspace, String name, long version, byte[] value) {
        byte[] sealed = key.key().seal(value, place(workspace, name, version));
        return new SealedSecret(workspace, name, version, key.generation(), sealed);
    }

    UUID workspace() {
        return workspace;
    }

    String name() {
        return name;
    }

    long version() {
        return version;
    }

    /** Of the workspace's key that sealed it. */
    int generation() {
        return generation;
    }

    byte[] sealed() {
        return sealed.clone();
    }

    /** Empty when it was sealed for another place or under another key. */
    Optional<byte[]> open(WorkspaceKey key) {
        return key.key().open(sealed, place(workspace, name, version));
    }

    /** The same value under another key. */
    Optional<SealedSecret> resealed(WorkspaceKey from, WorkspaceKey to) {
        return open(from).map(value -> seal(to, workspace, name, version, value));
    }

    /** Fixed lengths and a length in front of the name: no two places have the same bytes. */
    private static byte[] place(UUID workspace, String name, long version) {
        try (var bytes = new ByteArrayOutputStream();
                var place = new DataOutputStream(bytes)) {
            place.writeLong(workspace.getMostSignificantBits());
            place.writeLong(workspace.getLeastSignificantBits());
            place.writeLong(version);
            place.writeUTF(name);
            place.flush();
            return bytes.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
