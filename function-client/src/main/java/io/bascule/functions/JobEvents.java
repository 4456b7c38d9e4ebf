package io.bascule.functions;

import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;
import io.bascule.protocol.runner.v1.ResourceWanted;

/** Hears of a job while it runs. Calls come one at a time, and hold up the next. */
interface JobEvents {

    void logged(Log line);

    void progressed(Progress step);

    /** @param calls of the runner that asks */
    void resourceWanted(ResourceWanted wanted, JobResources.Calls calls);
}
