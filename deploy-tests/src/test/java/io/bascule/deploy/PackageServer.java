package io.bascule.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A registry of npm and an index of Python in one container, reached at {@link #URL} by who is on its network; each has the package
 * {@code hello}. Directories with functions that need it are made, too.
 */
final class PackageServer {

    static final String URL = "http://packages:8080";

    private static final String NAME = "bascule-test-packages";

    private final ComposePlatform platform;
    private final Path directory;

    PackageServer(ComposePlatform platform, Path directory) {
        this.platform = platform;
        this.directory = directory;
    }

    /** A function in JavaScript and one in Python, in directories of these names. */
    void makeFunctions(String javascript, String python) throws Exception {
        String integrity =
                "sha512-" + Base64.getEncoder().encodeToString(hash("SHA-512", tarball("hello/-/hello-1.0.0.tgz")));
        write(javascript + "/index.js", "exports.handler = () => require('hello')();");
        write(javascript + "/package-lock.json", """
                {"name": "f", "lockfileVersion": 3, "packages": {
                 "": {"dependencies": {"hello": "1.0.0"}},
                 "node_modules/hello": {"version": "1.0.0", "integrity": "%s",
                  "resolved": "https://registry.npmjs.org/hello/-/hello-1.0.0.tgz"}}}
                """.formatted(integrity));
        write(javascript + "/package.json", "{\"dependencies\": {\"hello\": \"1.0.0\"}}");

        String sha256 = HexFormat.of().formatHex(hash("SHA-256", wheel("files/hello-1.0.0-py3-none-any.whl")));
        write("simple/hello/index.html", """
                {"name": "hello", "files": [{"filename": "hello-1.0.0-py3-none-any.whl", "hashes": {"sha256": "%s"},
                 "url": "%s/files/hello-1.0.0-py3-none-any.whl"}]}
                """.formatted(sha256, URL));
        write(python + "/main.py", "import hello\ndef handler(input, context):\n    return hello.hello()\n");
        write(python + "/requirements.txt", "hello==1.0.0 --hash=sha256:%s\n".formatted(sha256));
    }

    Path directory(String function) {
        return directory.resolve(function);
    }

    private Path tarball(String name) throws Exception {
        write("package/package.json", "{\"name\": \"hello\", \"version\": \"1.0.0\"}");
        write("package/index.js", "module.exports = () => 'hello from npm';");
        Path file = prepared(name);
        platform.shell()
                .run(
                        ComposePlatform.SHORT,
                        List.of("tar", "-czf", file.toString(), "-C", directory.toString(), "package"));
        return file;
    }

    private Path wheel(String name) throws IOException {
        Path file = prepared(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("hello.py"));
            zip.write("def hello():\n    return 'hello from PyPI'\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(prepared(name), content);
    }

    private Path prepared(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    private static byte[] hash(String algorithm, Path file) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
    }

    /** Beside the platform, whose code runner's image has what it takes. */
    void start() throws Exception {
        platform.docker(
                "run",
                "--detach",
                "--rm",
                "--no-healthcheck",
                "--name",
                NAME,
                "--network",
                ComposePlatform.network("front"),
                "--network-alias",
                "packages",
                "--user",
                "0",
                "--volume",
                directory + ":/packages:ro",
                "--entrypoint",
                "python3",
                "bascule/code-runner:latest",
                "-m",
                "http.server",
                "8080",
                "--directory",
                "/packages");
    }

    void remove() throws Exception {
        platform.docker("rm", "--force", NAME);
    }
}
