package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.Attempt.NoAnswer;
import io.bascule.api.webhooks.delivery.Attempt.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of a delivery after an attempt. */
sealed interface Verdict {

    /** The endpoint has it. */
    record Delivered() implements Verdict {}

    /** It is sent again after a while. */
    record Again(Duration delay) implements Verdict {}

    /** It is not sent again by itself. */
    record GivenUp() implements Verdict {}

    /**
     * Decides.
     *
     * @param failures of the delivery before this attempt
     * @param chance from 0 to 1, for the jitter
     */
    static Verdict of(Attempt attempt, int failures, double chance) {
        return switch (attempt) {
            case Answered answer when answer.isSuccess() -> new Delivered();
            case Answered(int status, var _) when status == Attempt.GONE -> new GivenUp();
            case Answered(var _, var retryAfter) -> again(failures + 1, chance, retryAfter);
            case NoAnswer _ -> again(failures + 1, chance, null);
            case Refused _ -> new GivenUp();
        };
    }

    private static Verdict again(int failures, double chance, @Nullable Duration wanted) {
        return RetrySchedule.after(failures, chance, wanted)
                .<Verdict>map(Again::new)
                .orElseGet(GivenUp::new);
    }
}
