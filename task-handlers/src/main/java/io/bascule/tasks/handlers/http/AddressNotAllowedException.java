package io.bascule.tasks.handlers.http;

import java.net.UnknownHostException;

/** A name leads to no address that a task may reach directly. */
final class AddressNotAllowedException extends UnknownHostException {

    AddressNotAllowedException(String host) {
        super(host);
    }
}
