package io.bascule.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a program hears that reaches a resource through {@code bascule proxy}. */
final class ProxyAnswer {

    private static final Duration SOON = Duration.ofSeconds(60);

    private ProxyAnswer() {}

    /** What comes of asking for {@code /x} through the proxy on that port. */
    static String to(int port, String resource) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) SOON.toMillis());
            String request = "CONNECT %s:80 HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted(resource, resource);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
