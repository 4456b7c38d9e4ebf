package io.bascule.service.outgoing;

import java.net.UnknownHostException;

/** A name leads to no address that may be reached directly; the message is the name. */
public final class AddressNotAllowedException extends UnknownHostException {

    AddressNotAllowedException(String host) {
        super(host);
    }
}
