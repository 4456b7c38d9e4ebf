package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import java.util.List;

/** What is to be done with the local connection's output next. */
sealed interface Delivery {

    /** Write these in order, and report what was written. */
    record Pieces(List<Bytes> pieces) implements Delivery {}

    /** Everything was written: close the output. */
    record End() implements Delivery {}

    /** The tunnel is over: nothing more. */
    record Over() implements Delivery {}
}
