package io.bascule.bridge.legs;

import io.bascule.tunnel.client.raw.RawConnection;

/** A leg that is a connection of its own. */
record RawLegStream(RawConnection connection) implements LegStream {

    @Override
    public boolean isRaw() {
        return true;
    }

    @Override
    public boolean isReady() {
        return connection.isReady();
    }

    @Override
    public void send(Message message) {
        switch (message) {
            case Message.OnHeap(var frame) -> connection.send(frame);
            case Message.InBuffers(var frame) -> connection.send(frame);
        }
    }

    @Override
    public void request() {
        connection.request();
    }

    @Override
    public void end() {
        connection.end();
    }
}
