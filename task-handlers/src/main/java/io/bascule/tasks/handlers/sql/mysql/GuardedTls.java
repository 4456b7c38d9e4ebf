package io.bascule.tasks.handlers.sql.mysql;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

/**
 * Encryption for the driver, which finds this by its type: the task's, with its authorities and names, and with the packets looked
 * at in plain.
 */
public final class GuardedTls implements TlsSocketPlugin {

    static final String TYPE = "bascule";

    @Override
    public String type() {
        return TYPE;
    }

    /** None: who is trusted is decided where the line is made. */
    @Override
    public TrustManager[] getTrustManager(Configuration conf, ExceptionFactory exceptions, HostAddress host) {
        return new TrustManager[0];
    }

    @Override
    public KeyManager[] getKeyManager(Configuration conf, ExceptionFactory exceptions) {
        return new KeyManager[0];
    }

    @Override
    public SSLSocket createSocket(Socket socket, SSLSocketFactory unused) throws IOException {
        return ((GuardedSocket) socket).encrypt();
    }

    /** The line is verified when it is made. */
    @Override
    public void verify(String host, SSLSession session, long serverThread) {}
}
