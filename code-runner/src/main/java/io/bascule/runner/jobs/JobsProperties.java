package io.bascule.runner.jobs;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many jobs run here, and how far each may go.
 *
 * @param jobSpaces jobs at once; one more is refused at once
 * @param warmProcesses most processes of each language that wait for a job, ready
 * @param idleProcesses those of them that wait, with the memory that is the default, even when no jobs come
 * @param warmProcessorShare how much of the machine's processors may go into making processes ready
 * @param terminationGrace between asking a job to end and ending it, where its limit allows asking
 * @param drainGrace how long running jobs may go on while the runner leaves; the rest are lost
 * @param threads most threads of a job
 * @param files most files in a job's directory
 * @param diskBytes most bytes in a job's directory
 * @param defaults limits of a job that asks for none
 * @param maximum the most that a job may ask for
 */
@Validated
@ConfigurationProperties("bascule.runner")
record JobsProperties(
        @DefaultValue("4") @Min(1) @Max(100) int jobSpaces,
        @DefaultValue("4") @Min(0) @Max(100) int warmProcesses,
        @DefaultValue("2") @Min(0) @Max(100) int idleProcesses,

        @DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1")
        double warmProcessorShare,

        @DefaultValue("250ms") Duration terminationGrace,
        @DefaultValue("80s") Duration drainGrace,
        @DefaultValue("64") @Min(16) int threads,
        @DefaultValue("10000") @Min(1) int files,
        @DefaultValue("67108864") @Min(1) long diskBytes,
        @NotNull @Valid LimitsProperties defaults,
        @NotNull @Valid LimitsProperties maximum) {

    RefillPolicy refillPolicy() {
        return new RefillPolicy(Math.min(idleProcesses, warmProcesses), warmProcesses);
    }

    BoxLimits box() {
        return new BoxLimits(threads, files, diskBytes);
    }
}
