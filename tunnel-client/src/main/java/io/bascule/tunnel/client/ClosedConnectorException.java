package io.bascule.tunnel.client;

/** A leg was wanted of a connector that has been closed, as a program does that ends. */
final class ClosedConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClosedConnectorException() {
        super("the connector to the bridges is closed");
    }
}
