package io.bascule.agent.tunnels;

import java.nio.channels.SocketChannel;

/** What came of dialling a target. */
sealed interface Dialled {

    /** Connected; whoever takes it closes it. */
    record Connected(SocketChannel channel) implements Dialled {}

    record Failed(Refusal refusal) implements Dialled {}
}
