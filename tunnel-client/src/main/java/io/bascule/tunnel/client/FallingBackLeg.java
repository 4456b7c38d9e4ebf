package io.bascule.tunnel.client;

import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.raw.NoRawLegException;
import io.bascule.tunnel.client.raw.RawDialler;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A raw leg, or another one if there turns out to be no way for it. ATTACH is sent on one of them only, so a ticket that is
 * good once is good for it.
 */
final class FallingBackLeg implements Leg, LegListener {

    private final LegListener owner;
    private final LegOpening otherwise;
    private volatile Leg leg;
    private volatile boolean gone;
    private Frame.@Nullable Attach attach;

    /**
     * Connects nowhere yet.
     *
     * @param learn told when there is no way for a raw leg
     */
    FallingBackLeg(
            LegListener owner,
            RawDialler dialler,
            EventLoop loop,
            Consumer<NoRawLegException> learn,
            LegOpening otherwise) {
        this.owner = owner;
        this.otherwise = otherwise;
        this.leg = new RawLeg(dialler, loop, this, why -> {
            learn.accept(why);
            fallBack();
            return true;
        });
    }

    @Override
    public void start(Frame.Attach attach) {
        this.attach = attach;
        leg.start(attach);
    }

    @Override
    public void send(Frame frame) {
        leg.send(frame);
    }

    @Override
    public boolean isReady() {
        return leg.isReady();
    }

    @Override
    public void leave(DetachReason reason) {
        gone = true;
        leg.leave(reason);
    }

    @Override
    public void cancel(String why) {
        gone = true;
        leg.cancel(why);
    }

    @Override
    public void received(Leg from, Frame frame) {
        owner.received(this, frame);
    }

    @Override
    public void ready(Leg from) {
        owner.ready(this);
    }

    @Override
    public void inTurn(Runnable sending) {
        owner.inTurn(sending);
    }

    @Override
    public void ended(Leg from, Status status) {
        owner.ended(this, status);
    }

    private void fallBack() {
        owner.inTurn(() -> {
            if (gone || attach == null) {
                return;
            }
            try {
                leg = otherwise.open(this);
                leg.start(attach);
            } catch (ClosedConnectorException closed) {
                owner.ended(this, Status.UNAVAILABLE.withDescription(closed.getMessage()));
            }
        });
    }
}
