package io.bascule.cli.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The remembered login, in the person's configuration folder, readable by nobody else. */
public final class LoginFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final Map<String, String> environment;

    public LoginFile(Map<String, String> environment) {
        this.environment = environment;
        this.file = folder(environment).resolve("bascule").resolve("login.json");
    }

    private static Path folder(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return configured.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(configured);
    }

    /** The login to use: the environment's, else the remembered one. */
    public Login require() {
        String url = environment.getOrDefault("BASCULE_URL", "");
        String token = environment.getOrDefault("BASCULE_TOKEN", "");
        if (!url.isEmpty() && !token.isEmpty()) {
            return new Login(url, "", "", token);
        }
        Login remembered = remembered()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_ALLOWED,
                        "Not signed in: run `bascule login URL`, or set BASCULE_URL and BASCULE_TOKEN"));
        if (!token.isEmpty()) {
            return new Login(remembered.url(), "", "", token);
        }
        return url.isEmpty() || url.equals(remembered.url()) ? remembered : elsewhere(url, remembered);
    }

    private static Login elsewhere(String url, Login remembered) {
        throw new CommandFailure(
                ExitCode.NOT_ALLOWED,
                "BASCULE_URL is %s but the login is for %s: run `bascule login %s`, or set BASCULE_TOKEN too"
                        .formatted(url, remembered.url(), url));
    }

    /** What an earlier login left. */
    public Optional<Login> remembered() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Login.class));
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be read: delete it and run `bascule login URL`".formatted(file), e);
        }
    }

    public Path remember(Login login) {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path next = file.resolveSibling("login.json.next");
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, JSON.writeValueAsString(login), StandardOpenOption.WRITE);
            return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
