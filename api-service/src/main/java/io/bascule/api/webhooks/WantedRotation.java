package io.bascule.api.webhooks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** @param overlapSeconds for so long the present secret signs, too; a day by default, a week at most */
record WantedRotation(@Nullable @Min(0) @Max(604_800) Integer overlapSeconds) {

    private static final Duration DEFAULT = Duration.ofDays(1);

    /** @param wanted null for the default */
    static Duration overlap(@Nullable WantedRotation wanted) {
        Integer seconds = wanted == null ? null : wanted.overlapSeconds();
        return seconds == null ? DEFAULT : Duration.ofSeconds(seconds);
    }
}
