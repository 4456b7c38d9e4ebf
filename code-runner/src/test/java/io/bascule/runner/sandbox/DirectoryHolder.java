package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A program that has an owned directory until it is killed. */
final class DirectoryHolder {

    static final String PREFIX = "bascule-test-";

    private DirectoryHolder() {}

    public static void main(String... arguments) throws IOException {
        OwnedDirectory own = OwnedDirectory.create(PREFIX);
        Files.writeString(own.path().resolve("content"), "");
        HoldingProgram.hold(List.of(own.path()));
    }
}
