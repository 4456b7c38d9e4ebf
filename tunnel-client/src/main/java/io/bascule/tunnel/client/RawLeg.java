package io.bascule.tunnel.client;

import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.bascule.tunnel.client.raw.NoRawLegException;
import io.bascule.tunnel.client.raw.RawConnection;
import io.bascule.tunnel.client.raw.RawDialler;
import io.bascule.tunnel.client.raw.RawFrame;
import io.bascule.tunnel.client.raw.RawListener;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A leg that is a connection of its own. */
@SuppressWarnings("FutureReturnValueIgnored") // The listener is told of whatever becomes of it.
final class RawLeg implements Leg, RawListener {

    private final RawDialler dialler;
    private final EventLoop loop;
    private final LegListener listener;
    private final Predicate<NoRawLegException> noWay;
    private volatile @Nullable RawConnection connection;
    private volatile @Nullable EncodedFrame first;
    private volatile boolean left;
    private volatile @Nullable String whyCancelled;
    private boolean ended;

    /** @param noWay told if there is no way for raw legs; says whether it sees to that, instead of the listener */
    RawLeg(RawDialler dialler, EventLoop loop, LegListener listener, Predicate<NoRawLegException> noWay) {
        this.dialler = dialler;
        this.loop = loop;
        this.listener = listener;
        this.noWay = noWay;
    }

    @Override
    public void start(Frame.Attach attach) {
        first = FrameCodec.encode(attach);
        dialler.dial(this, loop).exceptionally(failure -> {
            if (!(failure instanceof NoRawLegException other && noWay.test(other))) {
                over(false, String.valueOf(failure.getMessage()));
            }
            return null;
        });
    }

    @Override
    public void connected(RawConnection dialled) {
        listener.inTurn(() -> {
            connection = dialled;
            EncodedFrame attach = first;
            if (left || attach == null) {
                dialled.abort("left before it was there");
            } else {
                dialled.send(attach);
                dialled.request();
            }
        });
    }

    @Override
    public void send(Frame frame) {
        RawConnection to = connection;
        if (!left && to != null) {
            to.send(FrameCodec.encode(frame));
        }
    }

    @Override
    public boolean isReady() {
        RawConnection to = connection;
        return to != null && to.isReady();
    }

    @Override
    public void leave(DetachReason reason) {
        if (!left) {
            send(new Frame.Detach(reason));
            left = true;
            RawConnection to = connection;
            if (to != null) {
                to.end();
            }
        }
    }

    @Override
    public void cancel(String why) {
        whyCancelled = why;
        left = true;
        RawConnection to = connection;
        if (to != null) {
            to.abort(why);
        }
    }

    @Override
    public void frame(RawFrame frame) {
        try {
            listener.received(this, FrameCodec.decode(frame.take()));
            ask();
        } catch (InvalidFrameException e) {
            cancel("the bridge sent what is no frame: " + e.getMessage());
        }
    }

    @Override
    public void halfClosed() {
        tellEnded(Status.OK);
        RawConnection to = connection;
        if (to != null) {
            to.end();
        }
    }

    @Override
    public void ready() {
        listener.ready(this);
    }

    @Override
    public void violated(String text) {
        cancel("the bridge sent what is no frame: " + text);
    }

    @Override
    public void over(boolean inOrder, String why) {
        String cancelled = whyCancelled;
        tellEnded(
                cancelled == null
                        ? Status.UNAVAILABLE.withDescription(why)
                        : Status.CANCELLED.withDescription(cancelled));
    }

    private void ask() {
        RawConnection from = connection;
        if (from != null) {
            from.request();
        }
    }

    private void tellEnded(Status status) {
        if (!ended) {
            ended = true;
            listener.ended(this, status);
        }
    }
}
