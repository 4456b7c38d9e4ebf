package io.bascule.bridge.reports;

import io.bascule.bridge.reports.ReportDraft.Known;
import io.bascule.bridge.settings.BridgeIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one report and remembers what the API knows from then on. One report at a time. */
final class SendReport {

    private static final Logger LOG = LoggerFactory.getLogger(SendReport.class);

    private final BridgeIdentity bridge;
    private final BridgeContents contents;
    private final ReportReceiver receiver;
    private final ApplyAnswer answers;
    private Known known = Known.NOTHING;
    private boolean full = true;
    private long sequence;
    private boolean away;

    SendReport(BridgeIdentity bridge, BridgeContents contents, ReportReceiver receiver, ApplyAnswer answers) {
        this.bridge = bridge;
        this.contents = contents;
        this.receiver = receiver;
        this.answers = answers;
    }

    /** Says whether the API answered. */
    synchronized boolean send() {
        ReportDraft draft = contents.draft();
        try {
            Answer answer = receiver.deliver(report(draft));
            contents.confirmed(draft);
            known = draft.known();
            full = answer.resync();
            answers.apply(answer);
            noteBack();
            return true;
        } catch (UndeliveredReportException undelivered) {
            noteAway(undelivered);
            return false;
        }
    }

    private Report report(ReportDraft draft) {
        sequence++;
        return new Report(
                bridge.boot(),
                bridge.address(),
                bridge.authority(),
                draft.draining(),
                sequence,
                full,
                contents.revocationsKnown(),
                draft.agentChanges(full ? Known.NOTHING : known),
                full ? draft.allTunnels() : draft.tunnelChanges(known));
    }

    private void noteAway(UndeliveredReportException undelivered) {
        if (!away) {
            LOG.warn("the API does not take reports; tunnels go on without it: {}", undelivered.getMessage());
        }
        away = true;
    }

    private void noteBack() {
        if (away) {
            LOG.info("the API takes reports again");
        }
        away = false;
    }
}
