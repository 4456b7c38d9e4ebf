package io.bascule.runner.rpc;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The gRPC server of the runner. Calls run on virtual threads. It stops after the jobs have been drained. */
public final class RunnerServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RunnerServer.class);
    private static final int PHASE = 1000;
    private static final int STOP_SECONDS = 5;
    /** A bundle, sixteen secrets and an input. */
    private static final int LARGEST_MESSAGE = 8 * 1024 * 1024;

    private final int port;
    private final BindableService service;
    private final ServerInterceptor callers;
    private @Nullable Server server;

    RunnerServer(int port, BindableService service, ServerInterceptor callers) {
        this.port = port;
        this.service = service;
        this.callers = callers;
    }

    /** Where it listens; the one that was picked if 0 was asked for. */
    public synchronized int port() {
        return server == null ? port : server.getPort();
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                    .executor(executor)
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .addService(service)
                    .intercept(callers)
                    .build()
                    .start();
            log.info("Runner listens on port {} (gRPC)", server.getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "gRPC port %d cannot be used; set bascule.runner.grpc-port to a free one".formatted(port), failure);
        }
    }

    @Override
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            if (!server.shutdown().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        server = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
