package io.bascule.functions;

import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;

/** Hears of a job while it runs. Calls come one at a time. */
interface JobEvents {

    void logged(Log line);

    void progressed(Progress step);
}
