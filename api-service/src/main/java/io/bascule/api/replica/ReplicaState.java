package io.bascule.api.replica;

import java.time.Duration;

/** How the replica stands. */
sealed interface ReplicaState {

    /** It may be asked. */
    record Fit(Duration lag) implements ReplicaState {}

    /** It is further behind than it may be. */
    record Late(Duration lag) implements ReplicaState {}

    /** It does not answer, or is not what it should be. */
    record Away(String reason) implements ReplicaState {}
}
