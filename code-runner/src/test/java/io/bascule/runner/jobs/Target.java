package io.bascule.runner.jobs;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What attacks go for: a process, files that everyone may change, and ports that somebody listens on. */
record Target(Process victim, Path directory, ServerSocket tcp, DatagramSocket udp) implements AutoCloseable {

    static Target create(Path directory) throws IOException {
        open(directory);
        for (String name : new String[] {"file", "other", "secret", "mine"}) {
            open(Files.writeString(directory.resolve(name), "of somebody else"));
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new Target(
                new ProcessBuilder("sleep", "600").start(),
                directory,
                new ServerSocket(0, 50, loopback),
                new DatagramSocket(new InetSocketAddress(loopback, 0)));
    }

    /** The input of an attack in the sandbox. */
    String inside() {
        return input(directory, true);
    }

    /** The input of its control, which may destroy only what it made itself. */
    String outside(Path own) throws IOException {
        Path files = Files.createDirectories(own.resolve("target"));
        for (String name : new String[] {"file", "other", "secret", "mine"}) {
            Files.writeString(files.resolve(name), "for the control");
        }
        return input(files, false);
    }

    boolean isUnharmed() throws IOException {
        return victim.isAlive()
                && Files.readString(directory.resolve("file")).equals("of somebody else")
                && Files.exists(directory.resolve("other"))
                && !Files.exists(directory.resolve("new"));
    }

    private String input(Path files, boolean confined) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "pid", victim.pid(),
                        "directory", files.toString(),
                        "secret", files.resolve("secret").toString(),
                        "otherJob", files.resolve("mine").toString(),
                        "port", tcp.getLocalPort(),
                        "udpPort", udp.getLocalPort(),
                        "confined", confined));
    }

    private static void open(Path path) {
        boolean directory = Files.isDirectory(path);
        boolean opened = path.toFile().setReadable(true, false)
                && path.toFile().setWritable(true, false)
                && (!directory || path.toFile().setExecutable(true, false));
        if (!opened) {
            throw new IllegalStateException(path.toString());
        }
    }

    @Override
    public void close() throws IOException {
        victim.destroyForcibly();
        tcp.close();
        udp.close();
    }
}
