package io.bascule.tasks.worker;

/** Why a running attempt is to stop. */
enum StopReason {
    /** Somebody cancelled the task. */
    CANCELLED,
    /** Its deadline has passed. */
    DEADLINE,
    /** This worker is going; another shall take it. */
    HANDED_BACK,
    /** The lease is gone; the task may already run elsewhere. */
    LOST
}
