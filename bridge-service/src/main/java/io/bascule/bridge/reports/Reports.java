package io.bascule.bridge.reports;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;

/** Reports to the API every second from {@link #start} on. Both calls may be repeated. */
public final class Reports {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SendReport sendReport;
    private final RepeatingStep repetition;

    Reports(SendReport sendReport) {
        this.sendReport = sendReport;
        this.repetition = new RepeatingStep("reports", PAUSE, sendReport::send);
    }

    /** Sends the first report at once, whether it arrives or not, and the others in the background. */
    public void start() {
        sendReport.send();
        repetition.start();
    }

    /** Sends one last report; says whether it arrived. */
    public boolean finish() {
        repetition.stop();
        return sendReport.send();
    }
}
