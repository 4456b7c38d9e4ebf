import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A path with a delay, where there is no {@code tc netem}: hands bytes on so many milliseconds after they came, each way,
 * and holds at most 64 MiB under way. {@code java Delay.java PORT TARGET_PORT ONE_WAY_MILLIS}
 */
public final class Delay {

    private static final int PIECE = 64 * 1024;
    private static final int MOST_UNDER_WAY = 1024;

    public static void main(String[] arguments) throws IOException {
        long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]), 512, here)) {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(here, Integer.parseInt(arguments[1]));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                pass(near, far, delay);
                pass(far, near, delay);
            }
        }
    }

    private record Piece(byte[] bytes, int length, long due) {}

    private static void pass(Socket from, Socket to, long delay) {
        BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(MOST_UNDER_WAY);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                InputStream in = from.getInputStream();
                int count;
                do {
                    byte[] bytes = new byte[PIECE];
                    count = in.read(bytes);
                    underWay.put(new Piece(bytes, count, System.nanoTime() + delay));
                } while (count >= 0);
            } catch (IOException | InterruptedException ended) {
                underWay.offer(new Piece(new byte[0], -1, System.nanoTime()));
            }
        });
        Thread.ofPlatform().daemon().start(() -> {
            try (to) {
                OutputStream out = to.getOutputStream();
                for (Piece piece = underWay.take(); piece.length() >= 0; piece = underWay.take()) {
                    TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                    out.write(piece.bytes(), 0, piece.length());
                }
            } catch (IOException | InterruptedException ended) {
                // The other side is gone.
            }
        });
    }

    private Delay() {}
}
