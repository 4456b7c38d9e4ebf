package io.bascule.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells whether a process that was started is ready to be used. Called often, from one thread; does not throw. */
@FunctionalInterface
public interface Probe {

    /** How long one look may take. */
    Duration TIMEOUT = Duration.ofSeconds(2);

    boolean isReady();

    /** Ready once a GET of the address is answered with 200. */
    static Probe http(HttpClient client, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        return () -> {
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException _) {
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** Ready once the port of this machine accepts connections. */
    static Probe listening(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Math.toIntExact(TIMEOUT.toMillis()));
                return true;
            } catch (IOException _) {
                return false;
            }
        };
    }
}
