package io.bascule.system;

import io.bascule.testsupport.PackageRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Functions that people deploy: of several files as {@code bascule fn init} begins them, with one dependency; and of one. */
final class FunctionDirectories {

    /** Ask an application behind the agent, and a database for TLS. */
    static final String REACHING_JAVASCRIPT = """
            async function handler({ size }, context) {
              const answer = await context.resource('http').fetch('/' + 'x'.repeat(size));
              const socket = await context.resource('postgres').connect();
              socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
              for await (const piece of socket) return [(await answer.json()).path.length, piece.toString('latin1')];
            }
            """;

    static final String REACHING_PYTHON = """
            import json
            def handler(input, context):
                answer = context.resource('http').request('GET', '/' + 'x' * input['size'])
                with context.resource('postgres').connect(timeout=60) as socket:
                    socket.sendall(bytes([0, 0, 0, 8, 4, 210, 22, 47]))
                    return [len(json.loads(answer.read())['path']), socket.recv(1).decode()]
            """;

    private FunctionDirectories() {}

    /** Of {@code bascule dev}, whose functions have their packages from there, and which leaves nothing. */
    static String[] options(PackageRegistry registry) {
        return new String[] {
            "--ephemeral",
            "--npm-registry",
            registry.npm().toString(),
            "--python-index",
            registry.pypi().toString()
        };
    }

    static Path javaScript(CommandLine shell, Path directory, PackageRegistry registry)
            throws IOException, InterruptedException {
        shell.run("fn", "init", directory.toString()).succeeded();
        Map<String, String> shout = Map.of(
                "package.json", "{\"name\": \"shout\", \"version\": \"1.0.0\", \"main\": \"lib\"}",
                "lib/index.js", "module.exports = (text) => require('./loud')(text) + '!';",
                "lib/loud.js", "module.exports = (text) => text.toUpperCase();");
        Path scratch = directory.resolveSibling("npm");
        String lock = PackageRegistry.lock(
                "\"\": {\"dependencies\": {\"shout\": \"^1.0.0\"}}",
                registry.npmPackage("shout", tarball(scratch, shout)));
        Files.writeString(directory.resolve("package-lock.json"), lock);
        Files.writeString(directory.resolve("lib/greeting.js"), """
                const shout = require('shout');
                exports.greet = (name) => shout(`Hello, ${name}`);
                """);
        return directory;
    }

    static Path python(CommandLine shell, Path directory, PackageRegistry registry)
            throws IOException, InterruptedException {
        shell.run("fn", "init", directory.toString(), "--runtime", "python").succeeded();
        Map<String, String> shout = Map.of(
                "shout/__init__.py", "from .loud import shout",
                "shout/loud.py", "def shout(text): return text.upper() + '!'",
                "shout-1.0.dist-info/METADATA", "Name: shout\nVersion: 1.0\n");
        String requirement = registry.wheel("shout", "py3-none-any", shout);
        Files.writeString(directory.resolve("requirements.txt"), requirement.replace(" --hash", " \\\n    --hash"));
        Files.writeString(directory.resolve("greeting.py"), """
                from shout import shout
                def greet(name): return shout(f'Hello, {name}')
                """);
        return directory;
    }

    /** As npm packs, below {@code package/}. */
    private static byte[] tarball(Path scratch, Map<String, String> contents) throws IOException, InterruptedException {
        for (var file : contents.entrySet()) {
            Path path = scratch.resolve("package").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path archive = scratch.resolve("package.tgz");
        int exit = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", scratch.toString(), "package")
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("tar ended with " + exit);
        }
        return Files.readAllBytes(archive);
    }
}
