package io.bascule.tasks.handlers.sql.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A line that is encrypted already, on which each packet is looked at. What a driver would set on it has been decided. */
final class EncryptedSocket extends SSLSocket {

    private final SSLSocket line;
    private final GuardedStreams streams;

    EncryptedSocket(SSLSocket line) throws IOException {
        this.line = line;
        this.streams = new GuardedStreams(line.getInputStream(), line.getOutputStream());
    }

    @Override
    public InputStream getInputStream() {
        return streams.in();
    }

    @Override
    public OutputStream getOutputStream() {
        return streams.out();
    }

    @Override
    public void startHandshake() {}

    @Override
    public void close() throws IOException {
        line.close();
    }

    @Override
    public boolean isClosed() {
        return line.isClosed();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        line.setSoTimeout(millis);
    }

    @Override
    public SSLSession getSession() {
        return line.getSession();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return line.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return line.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return line.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return line.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void setUseClientMode(boolean client) {}

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
