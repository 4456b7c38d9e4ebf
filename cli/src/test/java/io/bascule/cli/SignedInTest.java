package io.bascule.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test at a terminal that is signed in to an API, both made anew for each. */
abstract class SignedInTest {

    @TempDir
    Path home;

    Terminal terminal;
    FakeApi api;

    @BeforeEach
    void start() throws IOException {
        terminal = new Terminal(home);
        terminal.signIn();
        api = terminal.api();
    }

    @AfterEach
    void stop() {
        terminal.close();
    }
}
