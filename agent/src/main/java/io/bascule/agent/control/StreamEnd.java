package io.bascule.agent.control;

/** Why a control stream needs its slot no longer. */
sealed interface StreamEnd {

    /** The bridge stops soon: the stream stays until it ends, another bridge is to be dialled now. */
    record Draining() implements StreamEnd {}

    /** The stream is over. */
    record Over(String reason) implements StreamEnd {}
}
