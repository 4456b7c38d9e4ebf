package io.bascule.runner.jobs;

import io.bascule.bundles.Archive;
import io.bascule.runner.egress.Egress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is the same for every job of a runner.
 *
 * @param terminationGrace between asking a job to end and ending it
 * @param drainGrace how long running jobs may go on while the runner leaves
 */
record RunSettings(
        BoxLimits box,
        Duration terminationGrace,
        Duration drainGrace,
        NanoClock clock,
        InstantSource now,
        Egress egress) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the function may know of its job, as JSON: its handler's context, and where the process finds its bundle. */
    byte[] describe(Job job, @Nullable Path bundle) {
        var told = new LinkedHashMap<String, Object>();
        told.put("job", job.id());
        told.put("function", job.code().function());
        told.put("version", job.code().version());
        told.put("deadlineMillis", now.millis() + job.limits().wallTime().toMillis());
        told.put("secrets", job.secrets());
        told.put("resources", job.egress().resources());
        if (bundle != null && job.code().program() instanceof Code.Files(Archive _, String main)) {
            told.put("bundle", bundle.toString());
            told.put("main", main);
        }
        return JSON.writeValueAsBytes(told);
    }
}
