package io.bascule.cli.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bascule.cli.api.CommandFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Speaks SOCKS5 (RFC 1928, no authentication) or HTTP CONNECT, whichever a connection begins with. The host that is asked
 * for is the name of a resource; its port is the resource's own, whatever is asked for.
 */
final class ProxyReception implements Reception {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int LONGEST_HEAD = 8 * 1024;

    private static final int SOCKS5 = 5;
    private static final int CONNECT = 1;
    private static final int DOMAIN = 3;
    private static final int NO_AUTHENTICATION = 0;
    private static final int NOTHING_ACCEPTABLE = 0xff;

    private static final int SUCCEEDED = 0;
    private static final int GENERAL_FAILURE = 1;
    private static final int HOST_UNREACHABLE = 4;
    private static final int COMMAND_NOT_SUPPORTED = 7;
    private static final int ADDRESS_NOT_SUPPORTED = 8;

    private final Map<Socket, Speech> speeches = new WeakHashMap<>();

    private enum Speech {
        SOCKS,
        HTTP
    }

    @Override
    public Optional<String> welcome(Socket connection) throws IOException {
        connection.setSoTimeout((int) PATIENCE.toMillis());
        InputStream in = connection.getInputStream();
        int first = next(in);
        Speech speech = first == SOCKS5 ? Speech.SOCKS : Speech.HTTP;
        synchronized (speeches) {
            speeches.put(connection, speech);
        }
        Optional<String> resource = switch (speech) {
            case SOCKS -> socks(in, connection);
            case HTTP -> http(head(first, in), connection);
        };
        if (resource.isEmpty()) {
            letItBeRead(connection);
        }
        connection.setSoTimeout(0);
        return resource;
    }

    @Override
    public void granted(Socket connection) throws IOException {
        switch (speechOf(connection)) {
            case SOCKS -> answer(connection, SUCCEEDED);
            case HTTP -> send(connection, "HTTP/1.1 200 Connection established\r\n\r\n");
        }
    }

    @Override
    public void refused(Socket connection, CommandFailure why) throws IOException {
        boolean unknown = Reception.isUnknown(why);
        switch (speechOf(connection)) {
            case SOCKS -> answer(connection, unknown ? HOST_UNREACHABLE : GENERAL_FAILURE);
            case HTTP ->
                explain(connection, unknown ? "404 Not Found" : "502 Bad Gateway", String.valueOf(why.getMessage()));
        }
        letItBeRead(connection);
    }

    /**
     * To be closed after: bytes that nobody has read would turn the close into a reset, and a reset overtakes the answer. A
     * program may well have sent its first words without waiting for ours.
     */
    private static void letItBeRead(Socket connection) throws IOException {
        connection.shutdownOutput();
        connection.setSoTimeout((int) LINGER.toMillis());
        byte[] unwanted = new byte[LONGEST_HEAD];
        long end = System.nanoTime() + LINGER.toNanos();
        try {
            int read;
            do {
                read = connection.getInputStream().read(unwanted);
            } while (read >= 0 && System.nanoTime() < end);
        } catch (SocketTimeoutException _) {
            connection.setSoTimeout(0);
        }
    }

    private Speech speechOf(Socket connection) {
        synchronized (speeches) {
            return speeches.getOrDefault(connection, Speech.HTTP);
        }
    }

    private static Optional<String> socks(InputStream in, Socket connection) throws IOException {
        byte[] methods = exactly(in, next(in));
        boolean open = new String(methods, US_ASCII).indexOf(NO_AUTHENTICATION) >= 0;
        connection.getOutputStream().write(new byte[] {SOCKS5, (byte) (open ? NO_AUTHENTICATION : NOTHING_ACCEPTABLE)});
        if (!open) {
            return Optional.empty();
        }
        byte[] request = exactly(in, 4);
        if (request[1] != CONNECT) {
            answer(connection, COMMAND_NOT_SUPPORTED);
            return Optional.empty();
        }
        if (request[3] != DOMAIN) {
            answer(connection, ADDRESS_NOT_SUPPORTED);
            return Optional.empty();
        }
        String name = new String(exactly(in, next(in)), US_ASCII);
        exactly(in, 2);
        return Optional.of(name);
    }

    private static Optional<String> http(String head, Socket connection) throws IOException {
        String[] words = head.lines().findFirst().orElse("").split(" ", -1);
        if (words.length != 3 || !words[0].equals("CONNECT") || words[1].lastIndexOf(':') < 1) {
            explain(
                    connection,
                    "405 Method Not Allowed",
                    "this proxy takes CONNECT NAME:PORT only, where NAME is a resource");
            return Optional.empty();
        }
        return Optional.of(words[1].substring(0, words[1].lastIndexOf(':')));
    }

    /** Byte by byte, since what follows the head belongs to the tunnel. */
    private static String head(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            if (head.length() >= LONGEST_HEAD) {
                throw new IOException("a request of more than %d bytes".formatted(LONGEST_HEAD));
            }
            head.append((char) next(in));
        }
        return head.toString();
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("closed before it said what it wants");
        }
        return next;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed before it said what it wants");
        }
        return bytes;
    }

    private static void answer(Socket connection, int reply) throws IOException {
        connection.getOutputStream().write(new byte[] {SOCKS5, (byte) reply, 0, 1, 0, 0, 0, 0, 0, 0});
    }

    private static void explain(Socket connection, String status, String why) throws IOException {
        String text = why + "\n";
        send(
                connection,
                "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, text.getBytes(US_ASCII).length, text));
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
