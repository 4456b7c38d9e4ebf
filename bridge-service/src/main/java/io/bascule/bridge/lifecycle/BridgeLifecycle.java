package io.bascule.bridge.lifecycle;

import io.bascule.bridge.certificate.CertificateRenewal;
import io.bascule.bridge.control.Agents;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.phase.Phase;
import io.bascule.bridge.reports.Reports;
import io.bascule.bridge.server.BridgeServer;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.SmartLifecycle;

/**
 * Starts with the port, then the certificate, then reports; leaves by draining, a last report and closing the port. The
 * certificate is waited for in the background, so that health can be asked meanwhile.
 */
final class BridgeLifecycle implements SmartLifecycle {

    private final BridgeServer server;
    private final CertificateRenewal certificate;
    private final Reports reports;
    private final DrainBridge drain;
    private final Agents agents;
    private final CurrentPhase phase;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    BridgeLifecycle(
            BridgeServer server,
            CertificateRenewal certificate,
            Reports reports,
            DrainBridge drain,
            Agents agents,
            CurrentPhase phase) {
        this.server = server;
        this.certificate = certificate;
        this.reports = reports;
        this.drain = drain;
        this.agents = agents;
        this.phase = phase;
    }

    @Override
    public void start() {
        server.start();
        running = true;
        Thread.ofVirtual().name("bridge-start").start(this::serve);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        boolean served = phase.get() == Phase.SERVING;
        drain.drain();
        if (served) {
            reports.finish();
        }
        certificate.stop();
        agents.endAll();
        server.stop();
        phase.moveTo(Phase.STOPPED);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Right after readiness has been turned off, and before the web server that health is asked at. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    private void serve() {
        try {
            if (certificate.obtainFirst(stopped) && phase.moveTo(Phase.SERVING)) {
                reports.start();
                certificate.start();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
