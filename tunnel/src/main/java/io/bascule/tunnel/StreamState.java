package io.bascule.tunnel;

/** Where a tunnel stands as seen from one end. Everything but {@link Running} is final. */
public sealed interface StreamState {

    /** Bytes may still come or go; there may or may not be a leg. */
    record Running() implements StreamState {}

    /** Both directions were closed in order and everything was delivered to the other side. */
    record Finished(long bytesSent, long bytesReceived) implements StreamState {}

    /** The tunnel was ended by one of the two ends, or by a bridge on behalf of the other. */
    record Reset(ResetCode code, String text, Origin origin) implements StreamState {}

    /** Whether this end has a last word that the other one has to hear to learn how the tunnel ended. */
    default boolean isForTheOtherEnd() {
        return switch (this) {
            case Running _ -> false;
            case Finished _ -> true;
            case Reset(var _, var _, Origin origin) -> origin == Origin.THIS_END;
        };
    }

    /** Who ended it. */
    enum Origin {
        THIS_END,
        OTHER_END
    }
}
