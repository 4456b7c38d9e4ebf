package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What people do over tunnels, all at once: a database session, a copy both ways, and some who type. */
final class Programs implements AutoCloseable {

    static final int TYPISTS = 6;

    /** Each of them has a tunnel of its own. */
    static final int TUNNELS = TYPISTS + 2;

    private static final int ROUNDS = 5;
    private static final long BYTES = 4L << 20;

    private final Questions questions;
    private final Copy copy;
    private final List<EchoStream> typists;

    private Programs(Questions questions, Copy copy, List<EchoStream> typists) {
        this.questions = questions;
        this.copy = copy;
        this.typists = typists;
    }

    /** The local ports of the tunnels, and where the copy and the typing arrive. */
    record Ends(
            int databasePort,
            String database,
            int copyPort,
            ServerSocketChannel copyTarget,
            int echoPort,
            ServerSocketChannel echoTarget) {}

    static Programs start(Ends ends, long copyAtLeast, long copyBytesPerSecond) throws Exception {
        Questions questions = Questions.over(SqlSession.open(ends.databasePort(), ends.database()));
        Copy copy = Copy.over(Passage.open(ends.copyPort(), ends.copyTarget()), copyAtLeast, copyBytesPerSecond);
        List<EchoStream> typists = new ArrayList<>();
        for (int i = 0; i < TYPISTS; i++) {
            typists.add(EchoStream.over(Passage.open(ends.echoPort(), ends.echoTarget())));
        }
        return new Programs(questions, copy, typists);
    }

    /** Waits until each of them has got further; fails with its reason if one broke. */
    void awaitProgress() {
        long answered = questions.answered();
        long received = copy.received();
        List<Integer> rounds = typists.stream().map(EchoStream::rounds).toList();
        Await.until(() -> {
            questions.requireAlive();
            typists.forEach(EchoStream::requireAlive);
            return questions.answered() >= answered + 2
                    && copy.received() >= received + BYTES
                    && range().allMatch(i -> typists.get(i).rounds() >= rounds.get(i) + ROUNDS);
        });
    }

    private static IntStream range() {
        return IntStream.range(0, TYPISTS);
    }

    /** The longest round of each who types since then, the shortest first; in milliseconds. */
    List<Long> stallsSince(long nanoTime) {
        return typists.stream()
                .map(typist -> typist.longestSince(nanoTime))
                .sorted()
                .toList();
    }

    /** Ends all of them and checks that each had all its bytes; returns how many statements were answered. */
    long finish() throws Exception {
        long begin = System.nanoTime();
        Copy.Hashes hashes = copy.finish();
        assertThat(hashes.receivedByFar()).isEqualTo(hashes.sentByNear());
        assertThat(hashes.receivedByNear()).isEqualTo(hashes.sentByFar());
        for (EchoStream typist : typists) {
            assertThat(typist.finish()).isPositive();
        }
        long answered = questions.finish();
        System.out.printf(
                Locale.ROOT,
                "copied %d MiB both ways together, %d statements, %d echoes; the copy's end took %d ms%n",
                copy.received() >> 20,
                answered,
                typists.stream().mapToInt(EchoStream::rounds).sum(),
                (System.nanoTime() - begin) / 1_000_000);
        return answered;
    }

    @Override
    public void close() throws IOException, SQLException {
        questions.close();
        copy.close();
        for (EchoStream typist : typists) {
            typist.close();
        }
    }
}
