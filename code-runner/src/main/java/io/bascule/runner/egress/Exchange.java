package io.bascule.runner.egress;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on a connection of its own to an address that was checked. */
final class Exchange implements AutoCloseable {

    private final Egress egress;
    private final EgressPolicy policy;
    private final Counter counter;
    private @Nullable Socket socket;
    private boolean aborted;

    Exchange(Egress egress, EgressPolicy policy, Counter counter) {
        this.egress = egress;
        this.policy = policy;
        this.counter = counter;
    }

    /** Counts bytes; fails when there are too many. */
    interface Counter {

        void count(long more) throws IOException;
    }

    /** Sends the request and reads up to the body of the answer. */
    HttpAnswer begin(WantedExchange wanted) throws IOException, EgressRefusedException {
        if (!policy.permits(wanted.endpoint().host(), wanted.endpoint().port())) {
            throw new EgressRefusedException(
                    "EGRESS_HOST",
                    "The function may not reach %s:%d (its version's egress: %s)"
                            .formatted(
                                    wanted.endpoint().host(), wanted.endpoint().port(), policy.hosts()));
        }
        InetAddress address = egress.guard().resolve(wanted.endpoint().host());
        Socket connection = connect(address, wanted);
        OutputStream out = connection.getOutputStream();
        out.write(wanted.head());
        out.write(wanted.body().array(), wanted.body().position(), wanted.body().remaining());
        out.flush();
        return HttpAnswer.read(connection.getInputStream(), wanted.method(), counter);
    }

    private Socket connect(InetAddress address, WantedExchange wanted) throws IOException {
        Socket plain = keep(new Socket());
        plain.setSoTimeout((int) egress.properties().readTimeout().toMillis());
        plain.connect(new InetSocketAddress(address, wanted.endpoint().port()), (int)
                egress.properties().connectTimeout().toMillis());
        return wanted.endpoint().secure() ? secure(plain, wanted) : plain;
    }

    /** The certificate must be for the name that was asked for, wherever that is. */
    private Socket secure(Socket plain, WantedExchange wanted) throws IOException {
        var socketToHost = (SSLSocket) egress.secureSockets()
                .createSocket(plain, wanted.endpoint().host(), wanted.endpoint().port(), true);
        SSLParameters parameters = socketToHost.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socketToHost.setSSLParameters(parameters);
        keep(socketToHost);
        socketToHost.startHandshake();
        return socketToHost;
    }

    private synchronized Socket keep(Socket opened) throws IOException {
        socket = opened;
        if (aborted) {
            opened.close();
        }
        return opened;
    }

    synchronized void abort() {
        aborted = true;
        close();
    }

    @Override
    public synchronized void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException failure) {
            // It is given up anyway.
            socket = null;
        }
    }
}
